"""The press: Pelican's run, made whole. A build is published entirely or not at all."""
