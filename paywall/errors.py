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


class DatabaseDownError(PaywallError):
    """The accounts cannot be had for now: whoever asks is told to come back."""


class SchemaError(PaywallError):
    """The tables are of another version of the service."""


class OffersError(PaywallError):
    """The file of offers, or the membership list, says something that cannot be."""


class RefusedError(PaywallError):
    """Something asked for cannot be done, and why, in words for whoever asked."""


class ImportFileError(PaywallError):
    """A file to import cannot be read, or its columns are not understood."""


class BackupError(PaywallError):
    """No copy of the accounts could be made, or it is not whole."""
