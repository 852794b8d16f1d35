namespace LoyaltyPipeline.Core.Samples.Planting;

/// <summary>The rules a planted row can break. A row that breaks several counts for the first of them, in this order.</summary>
internal static class SampleRules
{
    /// <summary>The text is no value of the column's type; only where values are text.</summary>
    public const string Type = "type";

    public const string NullKey = "null_key";
    public const string NotNull = "not_null";
    public const string AcceptedValues = "accepted_values";
    public const string Range = "range";
    public const string Orphan = "orphan";

    /// <summary>Counts the losers: as many as there are rows beyond the first for their keys.</summary>
    public const string Duplicate = "duplicate";
}
