namespace LoyaltyPipeline.Core.Sources;

/// <summary>Names of the temporary tables of an import; they live and die with its session.</summary>
internal static class ImportTables
{
    public const string Prefix = "IMPORT";
    public const string Loaded = "IMPORT_LOADED";
    public const string Accepted = "IMPORT_ACCEPTED";
    public const string StoredTwice = "IMPORT_STORED_TWICE";
    public const string NamedUsers = "IMPORT_NAMED_USERS";
    public const string KnownUsers = "IMPORT_KNOWN_USERS";
    public const string ErasedUsers = "IMPORT_ERASED_USERS";
    public const string Rejected = "IMPORT_REJECTED";
}
