namespace LoyaltyPipeline.Core.Catalog;

/// <summary>A column as the catalog declares it.</summary>
public sealed record CatalogColumn
{
    /// <summary>The name, in upper case.</summary>
    public required string Name { get; init; }

    /// <summary>The type.</summary>
    public required ColumnType Type { get; init; }

    /// <summary>What the column means.</summary>
    public required string Description { get; init; }

    /// <summary>Whether a cell may be NULL.</summary>
    public bool Nullable { get; init; }

    /// <summary>The only values a cell may have; empty where any will do.</summary>
    public IReadOnlyList<string> Accepted { get; init; } = [];

    /// <summary>The smallest value allowed, inclusive.</summary>
    public decimal? Minimum { get; init; }

    /// <summary>The largest value allowed, inclusive.</summary>
    public decimal? Maximum { get; init; }

    /// <summary>
    /// Whether of rows of one key that are as new as each other the one with the smaller value wins: of a consent the refusal.
    /// </summary>
    public bool SmallerWins { get; init; }

    /// <summary>A column of the same row that this one must not be smaller than.</summary>
    public string? NotBelow { get; init; }

    /// <summary>The column a value refers to.</summary>
    public ColumnReference? References { get; init; }

    /// <summary>Whether a row whose reference finds nothing is quarantined.</summary>
    public bool RejectOrphans { get; init; }

    /// <summary>The class of personal data in it.</summary>
    public PersonalData PersonalData { get; init; }

    /// <summary>The columns that a column of Master, of History or of a view is made of; empty where it is made of none.</summary>
    public IReadOnlyList<ColumnReference> From { get; init; } = [];

    /// <summary>How personal data in those columns ends here.</summary>
    public Anonymization Anonymization { get; init; }
}
