namespace LoyaltyPipeline.Core.Tests.Truth;

/// <summary>A source without its row type, for what treats all sources alike.</summary>
public interface ISourceDefinition
{
    /// <summary>With its schema: DW_A.USER_PROFILE.</summary>
    string Table { get; }

    /// <summary>In the order of the design's table.</summary>
    IReadOnlyList<string> ColumnNames { get; }

    /// <summary>The rows as cells in column order, or null for a missing source.</summary>
    IEnumerable<object?[]>? Cells(SourceData sources);

    /// <summary>The sources with other rows of this one: those at the given positions, in that order.</summary>
    SourceData Pick(SourceData sources, IEnumerable<int> positions);

    /// <summary>The sources without this one.</summary>
    SourceData Remove(SourceData sources);
}
