using System.Text.RegularExpressions;
using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.History;
using LoyaltyPipeline.Core.Queries;
using LoyaltyPipeline.Core.Schema;

namespace LoyaltyPipeline.Core.Answers;

/// <summary>Puts History of a day where a query names Master.</summary>
/// <param name="master">Master in the catalog.</param>
/// <param name="history">The columns that History has.</param>
/// <param name="tables">The tables within reach.</param>
internal sealed partial class HistoryInPlace(CatalogTable master, TableShape history, TablesInReach tables)
{
    /// <summary>A query that reads History of a day.</summary>
    /// <param name="day">A written day.</param>
    /// <exception cref="LoyaltyException"><c>QueryRefused</c>: it does not name Master, or in a way in which nothing else can take its
    /// place.</exception>
    public AskedQuery Put(AskedQuery query, DateOnly day)
    {
        var asked = query.Replace((text, place) => IsMaster(place.Table) ? Replacement(text, place, day) : null);
        return asked.Replacements > 0
            ? asked
            : throw LoyaltyErrors.QueryRefused.Because(
                $"The query does not read {master.Name}, and it is in its place that -AsOf puts History; a view says what it says today.",
                remedy: $"Read {master.Name}, or leave -AsOf out.");
    }

    private bool IsMaster(TableReference table) => tables.Find(table) == master.Name.ToString();

    // The engine's own words of a column are kept, so that it is called in the query as Master is.
    private TextEdits.Edit Replacement(string text, TablePlace place, DateOnly day)
    {
        var parts = Name().Match(text, place.Start) is { Success: true } name
            ? name.Groups["part"].Captures.Take(place.Names.Count).ToList()
            : [];
        if (!parts.Select(part => Unquoted(part.Value)).SequenceEqual(place.Names, StringComparer.OrdinalIgnoreCase))
            throw LoyaltyErrors.QueryRefused.Because(
                $"-AsOf finds no place for History at {TextPlace.Say(text, place.Start)}.",
                remedy: $"Write {master.Name} there without more than blanks around the point.");
        var table = parts[^(place.IsColumn ? 2 : 1)];
        var length = table.Index + table.Length - place.Start;
        return new TextEdits.Edit(
            place.Start, length, place.IsColumn ? table.Value : $"{Versions(day)}{(place.HasAlias ? string.Empty : $" AS {table.Value}")}");
    }

    // In one line: what stands behind it keeps its line in what the engine says.
    private string Versions(DateOnly day)
    {
        var columns = SqlText.List(master.Columns.Select(column => $"{history.Select("h", column)} AS {column.Name}"));
        return $"(SELECT {columns} FROM {HistoryVersions.Table} AS h WHERE {HistoryVersions.HoldsOn(day)})";
    }

    private static string Unquoted(string part) =>
        part.StartsWith('"') ? part[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal) : part;

    [GeneratedRegex(
        """\G(?<part>"(?:[^"]|"")*"|[\p{L}_][\p{L}\p{N}_$]*)(?:\s*\.\s*(?<part>"(?:[^"]|"")*"|[\p{L}_][\p{L}\p{N}_$]*))*""",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
