"""What can stop the service from starting, said in words for whoever starts it."""


class PaywallError(Exception):
    """Base of the package's errors. The message is shown to the operator as it is."""


class SettingsError(PaywallError):
    """A setting has a value that cannot be used."""


class KeyFileError(PaywallError):
    """A signing key is missing, unreadable, or readable by others."""


class ManifestError(PaywallError):
    """The manifest cannot be read: nothing gated is served until it can."""


class UnknownIssueError(PaywallError):
    """A token was asked for an issue that the published site does not have."""
