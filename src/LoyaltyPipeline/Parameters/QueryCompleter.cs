using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;
using LoyaltyPipeline.Core.Catalog;

namespace LoyaltyPipeline.Parameters;

/// <summary>
/// Offers the tables of the catalog and, of the tables that a query names, the columns, in place of the word at its end.
/// </summary>
public sealed partial class QueryCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var (quote, text, isClosed) = Read(wordToComplete ?? string.Empty, commandAst);
        var word = LastWord().Match(text).Value;
        var before = text[..(text.Length - word.Length)];
        var catalog = CompletionPipeline.Load(fakeBoundParameters).Catalog;
        var named = NamedTable().Matches(text)
            .Select(match => (Table: Find(catalog, match.Groups["table"].Value), Alias: match.Groups["alias"].Value))
            .Where(one => one.Table is not null).ToList();
        var columns = word.LastIndexOf('.') is var point and >= 0
            ? named.Where(one => Means(one.Alias, one.Table!, word[..point])).SelectMany(one => Columns(one.Table!, word[..(point + 1)]))
            : named.SelectMany(one => Columns(one.Table!, string.Empty));
        var isTable = AfterFrom().IsMatch(before);
        return (isTable ? Tables(catalog) : columns.Concat(Tables(catalog)))
            .Where(offer => offer.Text.StartsWith(word, StringComparison.OrdinalIgnoreCase)
                || (isTable && offer.Short.StartsWith(word, StringComparison.OrdinalIgnoreCase)))
            .DistinctBy(offer => offer.Text, StringComparer.Ordinal)
            .Select(offer => new CompletionResult(Quoted(before + offer.Text), offer.Text, CompletionResultType.ParameterValue, offer.Tip));

        string Quoted(string query) =>
            $"{quote}{query.Replace(quote, quote + quote, StringComparison.Ordinal)}{(isClosed ? quote : string.Empty)}";
    }

    // PowerShell puts the end of a text there that the line has not yet: whoever goes on typing does so within the quotes.
    private static (string Quote, string Text, bool IsClosed) Read(string word, CommandAst line)
    {
        if (word.Length < 2 || word[0] is not ('\'' or '"'))
            return ("'", word, IsClosed: false);
        var quote = word[..1];
        var isClosed = line.CommandElements.Any(element => element.Extent.Text == word);
        var text = word[1..^(word.EndsWith(quote, StringComparison.Ordinal) ? 1 : 0)];
        return (quote, text.Replace(quote + quote, quote, StringComparison.Ordinal), isClosed);
    }

    private static CatalogTable? Find(LoyaltyCatalog catalog, string name) =>
        catalog.Tables.FirstOrDefault(
            table => string.Equals(table.Name.ToString(), name, StringComparison.OrdinalIgnoreCase)
                || (table.Name.Schema == LoyaltyCatalog.WarehouseSchema
                    && string.Equals(table.Name.Table, name, StringComparison.OrdinalIgnoreCase)));

    private static bool Means(string alias, CatalogTable table, string name) =>
        string.Equals(alias, name, StringComparison.OrdinalIgnoreCase)
            || string.Equals(table.Name.Table, name, StringComparison.OrdinalIgnoreCase)
            || string.Equals(table.Name.ToString(), name, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<Offer> Columns(CatalogTable table, string before) =>
        table.Columns.Select(column => new Offer(before + column.Name, column.Name, column.Description));

    private static IEnumerable<Offer> Tables(LoyaltyCatalog catalog) =>
        catalog.Tables.Select(table => new Offer(table.Name.ToString(), table.Name.Table, table.Description));

    [GeneratedRegex(@"[\p{L}\p{N}_.$]*\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LastWord();

    [GeneratedRegex(
        @"\b(FROM|JOIN)\s+([\p{L}\p{N}_.]+(\s+(AS\s+)?[\p{L}\p{N}_]+)?\s*,\s*)*\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AfterFrom();

    [GeneratedRegex(
        """
        ( \b(FROM|JOIN) | , ) \s+ (?<table> [\p{L}\p{N}_]+ (\.[\p{L}\p{N}_]+)? )
        ( \s+ (AS\s+)? (?!(ON|WHERE|JOIN|LEFT|INNER|GROUP|ORDER)\b) (?<alias> [\p{L}_][\p{L}\p{N}_]* ) )?
        """,
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex NamedTable();

    private sealed record Offer(string Text, string Short, string? Tip);
}
