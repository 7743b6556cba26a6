"""The pages of accounts: a request in, a page or a redirect out, on a thread of its own."""
