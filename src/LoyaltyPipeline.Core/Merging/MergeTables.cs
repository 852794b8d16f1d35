namespace LoyaltyPipeline.Core.Merging;

/// <summary>Names of the temporary tables of a merge; they live and die with its session.</summary>
internal static class MergeTables
{
    public const string Prefix = "MERGE";
    public const string Shape = "MERGE_SHAPE";
    public const string Master = "MERGE_MASTER";
    public const string Quarantine = "MERGE_QUARANTINE";
    public const string Users = "MERGE_USERS";

    public static string DropAndCreate(string table, string definition) => $"CREATE OR REPLACE TEMPORARY TABLE {table} {definition}";
}
