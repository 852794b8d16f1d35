namespace LoyaltyPipeline;

/// <summary>What an import does with rows that are already stored.</summary>
public enum ImportMode
{
    /// <summary>
    /// A row replaces the stored row of its key; of several rows of a key in one import the winner is stored. The same file again changes
    /// nothing.
    /// </summary>
    Upsert,

    /// <summary>Rows are added to those stored, whatever their keys.</summary>
    Append,

    /// <summary>Stored rows go, the rows of the import come.</summary>
    Replace,
}
