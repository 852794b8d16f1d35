namespace LoyaltyPipeline.Core.Quarantine;

/// <summary>Names of the rules by which a source row is rejected, in the order in which they are applied.</summary>
public static class RejectionRule
{
    /// <summary>A value cannot be read as the type of its column, or the row has too few or too many values.</summary>
    public const string Type = "type";

    /// <summary>A key column is NULL.</summary>
    public const string NullKey = "null_key";

    /// <summary>A column that must have a value is NULL.</summary>
    public const string NotNull = "not_null";

    /// <summary>A value is none of those accepted.</summary>
    public const string AcceptedValues = "accepted_values";

    /// <summary>A number is too small or too large.</summary>
    public const string Range = "range";

    /// <summary>The row belongs to nobody.</summary>
    public const string Orphan = "orphan";

    /// <summary>Another row of the same key won.</summary>
    public const string Duplicate = "duplicate";

    internal const string DuplicateDetail = "another row of the key is newer, or wins by its values";
}
