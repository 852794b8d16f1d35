namespace LoyaltyPipeline.Core.Catalog;

/// <summary>A table as the catalog declares it.</summary>
public sealed record CatalogTable
{
    /// <summary>The name.</summary>
    public required TableName Name { get; init; }

    /// <summary>Whether a department delivers it or the pipeline writes it.</summary>
    public required TableKind Kind { get; init; }

    /// <summary>What the table holds.</summary>
    public required string Description { get; init; }

    /// <summary>The columns, in order.</summary>
    public required IReadOnlyList<CatalogColumn> Columns { get; init; }

    /// <summary>The columns that identify a row; empty for a log without key.</summary>
    public IReadOnlyList<CatalogColumn> Key { get; init; } = [];

    /// <summary>The column that orders several rows of one key; null where there is none.</summary>
    public CatalogColumn? EventTime { get; init; }

    /// <summary>The column whose day decides whether a row counts for a run date; null where a row always counts.</summary>
    public CatalogColumn? CountedBy { get; init; }

    /// <summary>How many days the newest row may lie before the day that is merged; null where that is not known.</summary>
    public int? FreshWithin { get; init; }

    /// <summary>Whether the merge refuses to run while this source is missing or empty.</summary>
    public bool Required { get; init; }

    /// <summary>The SELECT of a view; null for a table, and for a masked view until the policy for readers is known.</summary>
    public string? Query { get; init; }

    /// <summary>The table that a masked view shows, personal data redacted by the policy for readers; null for anything else.</summary>
    public TableName? Masks { get; init; }

    /// <summary>Whether it is a view that tells of no single user, so that whoever may read at all may read it.</summary>
    public bool IsForReaders =>
        Kind == TableKind.View
            && Columns.All(column => column.PersonalData == PersonalData.None && column.Name != LoyaltyCatalog.User.Column);

    /// <summary>The column whose orphans are rejected, if the table has one.</summary>
    public CatalogColumn? OrphanColumn => Columns.FirstOrDefault(column => column.RejectOrphans);

    /// <summary>
    /// The columns that say which user a row is of: in the profiles their key, in other sources what refers to it, in the pipeline's own
    /// tables what is called so.
    /// </summary>
    public IReadOnlyList<CatalogColumn> UserColumns =>
        [.. Columns.Where(column => column.References == LoyaltyCatalog.User
            || (column.Name == LoyaltyCatalog.User.Column && (Kind != TableKind.Source || Name == LoyaltyCatalog.User.Table)))];

    /// <summary>Finds a column, whatever the case of the name.</summary>
    /// <returns>The column, or null.</returns>
    public CatalogColumn? FindColumn(string name) =>
        Columns.FirstOrDefault(column => string.Equals(column.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>SQL that reads a column which the table may have been given up, as the pipeline itself does not need it.</summary>
    /// <param name="type">The type of the NULL in its place.</param>
    /// <returns>The column, or NULL.</returns>
    public string SelectOrNull(string name, string type = "VARCHAR") => FindColumn(name)?.Name ?? $"CAST(NULL AS {type})";

    /// <summary>
    /// SQL that orders rows of one key, the winner first: by event time, then by columns of which the smaller value wins, then by the rest
    /// in catalog order.
    /// </summary>
    /// <param name="prefix">Put before each column.</param>
    /// <param name="isThere">Whether a column is there; null where all are.</param>
    /// <returns>The terms of ORDER BY; none where nothing but the key is there.</returns>
    public IReadOnlyList<string> DecidingOrder(string prefix = "", Func<CatalogColumn, bool>? isThere = null) =>
    [
        .. Columns.Where(column => !Key.Contains(column) && isThere?.Invoke(column) != false)
            .OrderByDescending(column => column == EventTime)
            .ThenByDescending(column => column.SmallerWins)
            .Select(column => $"{prefix}{column.Name} {(column.SmallerWins ? "ASC" : "DESC")} NULLS LAST"),
    ];

    /// <inheritdoc/>
    public override string ToString() => Name.ToString();
}
