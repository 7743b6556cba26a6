"""What a page does besides showing itself: its requests, complaints and refusals."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response

_REPORT_REFUSALS = """
document.addEventListener("securitypolicyviolation", (event) => {
  console.error(`refused by policy: ${event.violatedDirective} ${event.blockedURI}`);
});
"""


@dataclass
class Watch:
    """Listens to every page of a browser context from before its first request."""

    host: str
    foreign: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    @classmethod
    def over(cls, context: BrowserContext, address: str) -> "Watch":
        """Watch a context that shows the site at this address."""
        watch = cls(urlsplit(address).netloc)
        context.add_init_script(_REPORT_REFUSALS)
        context.on("request", watch._requested)
        context.on("requestfailed", watch._failed)
        context.on("response", watch._answered)
        context.on("console", watch._said)
        context.on("page", lambda page: page.on("pageerror", watch._threw))
        return watch

    def _requested(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"http", "https", "ws", "wss"} and address.netloc != self.host:
            self.foreign.append(request.url)

    def _failed(self, request: Request) -> None:
        # What a page still waits for when its reader goes on to the next is no failure.
        if request.failure != "net::ERR_ABORTED":
            self.failed.append(f"{request.failure} {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and not response.request.is_navigation_request():
            self.failed.append(f"{response.status} {response.url}")

    def _said(self, message: ConsoleMessage) -> None:
        # The browser says of a page answered 404 what its status says already.
        if urlsplit(message.location["url"]).netloc not in {"", self.host}:
            return  # said by another host's page, or of what is in `foreign` already
        about_itself = message.page is not None and message.location["url"] == message.page.url
        if message.type == "error" and not ("status of 404" in message.text and about_itself):
            self.complaints.append(message.text)

    def _threw(self, error: Exception) -> None:
        self.complaints.append(str(error))
