using System.Text.RegularExpressions;

namespace LoyaltyPipeline.Core.Documentation;

/// <summary>
/// A SELECT with WITH, taken apart: what each column of its result is, and the queries of WITH that go before. It expects a text that an
/// engine has accepted.
/// </summary>
internal sealed partial class SelectPieces
{
    private const string Table = @"(?<name>\w+|""[^""]+"")\s*(\([^()]*\)\s*)?\bAS\s*((NOT\s+)?MATERIALIZED\s*)?\(";

    private SelectPieces(IReadOnlyList<(string Name, string Sql)> commonTables, IReadOnlyList<(string Name, string Sql)> columns)
    {
        CommonTables = commonTables;
        Columns = columns;
    }

    /// <summary>The queries of WITH, in order.</summary>
    public IReadOnlyList<(string Name, string Sql)> CommonTables { get; }

    /// <summary>What each column of the result is, in order, without its name.</summary>
    public IReadOnlyList<(string Name, string Sql)> Columns { get; }

    /// <summary>The query of WITH that an expression reads first; null where it reads none.</summary>
    public string? ReadBy(string sql) =>
        CommonTables.Select(table => table.Name).FirstOrDefault(name => Regex.IsMatch(
            sql, $@"\b{Regex.Escape(name)}\.", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1)));

    public static SelectPieces Of(string script)
    {
        var text = WithoutComments(script);
        var commonTables = new List<(string, string)>();
        var rest = 0;
        // One inside another begins before that one ends.
        while ((rest == 0 ? FirstTable() : NextTable()).Match(text, rest) is { Success: true } start)
        {
            var end = EndOf(text, start.Index + start.Length);
            commonTables.Add((start.Groups["name"].Value.Trim('"'), text[(start.Index + start.Length)..end].Trim('\n').TrimEnd()));
            rest = end + 1;
        }

        var head = Select().Match(text, rest);
        var select = head.Index + head.Length;
        var from = FindFrom(text, select);
        return new SelectPieces(commonTables, [.. Items(text[select..from]).Select(Named)]);
    }

    // What looks like a comment within a text in quotes is none.
    private static string WithoutComments(string script) =>
        CommentOrText().Replace(script, match => match.Value[0] is '-' ? string.Empty : match.Value[0] is '/' ? " " : match.Value);

    private static (string Name, string Sql) Named(string item) => Alias().Match(item) is { Success: true } alias
        ? (alias.Groups["name"].Value.Trim('"'), Shorten(item[..alias.Index]))
        : (item[(item.LastIndexOf('.') + 1)..].Trim(), Shorten(item));

    private static string Shorten(string sql) => Blanks().Replace(sql, " ").Trim();

    // The parenthesis that closes the one just before.
    private static int EndOf(string text, int start)
    {
        var depth = 1;
        for (var index = start; index < text.Length; index++)
        {
            depth += Step(text, ref index);
            if (depth == 0)
                return index;
        }

        throw new InvalidOperationException("The script has a parenthesis that nothing closes.");
    }

    private static int FindFrom(string text, int start)
    {
        var depth = 0;
        for (var index = start; index < text.Length; index++)
        {
            depth += Step(text, ref index);
            if (depth == 0 && text[index] is 'F' or 'f' && From().IsMatch(text, index))
                return index;
        }

        return text.Length;
    }

    private static IEnumerable<string> Items(string list)
    {
        var (depth, begin) = (0, 0);
        for (var index = 0; index < list.Length; index++)
        {
            depth += Step(list, ref index);
            if (depth > 0 || list[index] != ',')
                continue;
            yield return list[begin..index].Trim();
            begin = index + 1;
        }

        yield return list[begin..].Trim();
    }

    // How the depth changes; a text in quotes is passed over.
    private static int Step(string text, ref int index)
    {
        if (text[index] is '\'' or '"' && text.IndexOf(text[index], index + 1) is var close and > 0)
            index = close;
        return text[index] switch
        {
            '(' => 1,
            ')' => -1,
            _ => 0,
        };
    }

    [GeneratedRegex(
        """
        '[^']*'|"[^"]*"|--[^\n]*|/\*.*?\*/
        """,
        RegexOptions.CultureInvariant | RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CommentOrText();

    [GeneratedRegex(
        @"\G\s*WITH\s+(RECURSIVE\s+)?" + Table, RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex FirstTable();

    [GeneratedRegex(
        @"\G\s*,\s*" + Table, RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex NextTable();

    [GeneratedRegex(
        @"\bSELECT\b(\s+(DISTINCT|ALL)\b)?", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Select();

    [GeneratedRegex(
        @"(\s+AS)?\s+(?<name>\w+|""[^""]+"")\s*\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Alias();

    // IS DISTINCT FROM is an operator.
    [GeneratedRegex(
        @"\G(?<!\w)(?<!\bDISTINCT\s+)FROM\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex From();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Blanks();
}
