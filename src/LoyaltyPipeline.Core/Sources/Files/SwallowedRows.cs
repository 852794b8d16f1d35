using LoyaltyPipeline.Core.Catalog;

namespace LoyaltyPipeline.Core.Sources.Files;

/// <summary>
/// Finds text cells that hold whole rows of their file. By the rules of CSV everything between two quotes is one value, so that a stray
/// quote and another one, hundreds of lines later, make all rows between them part of a name; nothing else tells of it.
/// </summary>
internal static class SwallowedRows
{
    /// <summary>
    /// SQL that is true for a row one of whose texts has line breaks, and between them as many delimiters as rows have; null where the
    /// files have too few columns to tell.
    /// </summary>
    /// <param name="delimiter">What separates values.</param>
    /// <param name="columns">How many columns the files have.</param>
    public static string? Condition(CatalogTable table, string delimiter, int columns)
    {
        var texts = table.Columns.Where(column => column.Type.DataType == DataType.Varchar)
            .Select(column => Holds(column.Name, SqlText.Quote(delimiter), columns - 1)).ToList();
        return columns < 3 || texts.Count == 0 ? null : $"({string.Join(" OR ", texts)})";
    }

    private static string Holds(string text, string delimiter, int delimiters) =>
        $"(contains({text}, chr(10)) AND {Count(text, delimiter)} >= {delimiters} * {Count(text, "chr(10)")})";

    private static string Count(string text, string character) => $"(LENGTH({text}) - LENGTH(REPLACE({text}, {character}, '')))";
}
