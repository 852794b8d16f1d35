namespace LoyaltyPipeline.Core.Tests.Truth;

/// <summary>A source without its row type, for what treats all sources alike.</summary>
public interface ISourceDefinition
{
    SourceTable Declared { get; }

    /// <summary>With its schema: DW_A.USER_PROFILE.</summary>
    string Table => Declared.Name;

    /// <summary>In the order of the design's table.</summary>
    IReadOnlyList<string> ColumnNames => [.. Declared.Columns.Select(column => column.Name)];

    /// <summary>The rows as cells in column order, or null for a missing source.</summary>
    IEnumerable<object?[]>? Cells(SourceData sources);

    /// <summary>The sources with other rows of this one, or without it.</summary>
    SourceData With(SourceData sources, IEnumerable<object?[]>? rows);

    /// <summary>The sources with other rows of this one: those at the given positions, in that order.</summary>
    SourceData Pick(SourceData sources, IEnumerable<int> positions) =>
        Cells(sources)?.ToList() is { } all ? With(sources, positions.Select(position => all[position])) : sources;

    /// <summary>The sources without this one.</summary>
    SourceData Remove(SourceData sources) => With(sources, null);

    /// <summary>Rows of one key next to each other, of those that the rules for single rows accept: only they compete.</summary>
    IEnumerable<(object?[] First, object?[] Second)> Rivals(SourceData sources, RunDay day);
}
