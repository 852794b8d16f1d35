using CsCheck;

namespace LoyaltyPipeline.Core.Tests.Truth.Generators;

/// <summary>Lists of rows with exact duplicates and near duplicates.</summary>
internal static class DirtyRows
{
    /// <summary>As <see cref="With"/>, and now and then missing (null) or empty.</summary>
    public static Gen<IReadOnlyList<TRow>?> Of<TRow>(SourceDefinition<TRow> source, Gen<TRow> row, int maximum)
        where TRow : class =>
        Gen.Select(Gen.Int[0, 14], With(source, row.List[0, maximum]))
            .Select((presence, rows) => presence switch
            {
                0 => null,
                1 => [],
                _ => rows,
            });

    /// <summary>
    /// Adds rows that repeat the key, the event time and the first columns of one row and have the rest of another, so that each
    /// column is at times the one that decides between rows of a key. Sometimes nothing is left to take from the other row.
    /// </summary>
    public static Gen<IReadOnlyList<TRow>> With<TRow>(SourceDefinition<TRow> source, Gen<List<TRow>> rows)
        where TRow : class =>
        Gen.Select(rows, Gen.Select(Gen.Int[0, 99], Gen.Int[0, 99], Gen.Int[0, source.Columns.Count]).List[0, 3])
            .Select((list, twins) => list.Count == 0
                ? list
                : (IReadOnlyList<TRow>)[.. list,
                    .. twins.Select(twin => Twin(source, list[twin.Item1 % list.Count], list[twin.Item2 % list.Count], twin.Item3))]);

    private static TRow Twin<TRow>(SourceDefinition<TRow> source, TRow row, TRow other, int sharedColumns)
        where TRow : class
    {
        var cells = source.Columns.Select((column, position) => source.Cell(
            column.IsKey || column == source.Declared.EventTime || position < sharedColumns ? row : other, column));
        return source.Create(cells);
    }
}
