using System.Text.RegularExpressions;
using LoyaltyPipeline.Core.Publication.Names;
using LoyaltyPipeline.Core.Publication.Words;

namespace LoyaltyPipeline.Core.Publication.Languages;

/// <summary>
/// What is to be renamed in a text that stands for itself. Addresses and paths keep their form, names their points; numbers, times and
/// formats say nothing of anybody; any other text is renamed as a whole.
/// </summary>
internal sealed partial class LiteralPieces(NameRules rules)
{
    // +49 30 901820 is somebody's telephone, +1.5 is not.
    private const int FewestDigitsOfNumber = 7;

    private static readonly NameKind[][] Chains =
    [
        [], [], [NameKind.Schema, NameKind.Table], [NameKind.Schema, NameKind.Table, NameKind.Column],
        [NameKind.Schema, NameKind.Schema, NameKind.Table, NameKind.Column],
    ];

    /// <summary>The pieces of a text.</summary>
    /// <param name="start">Where it begins.</param>
    /// <param name="kind">What it is where it is renamed as a whole.</param>
    public IEnumerable<Piece> Of(string text, int start, int end, NameKind kind)
    {
        // A sentence has its marks, a pattern keeps them.
        var isProse = kind == NameKind.Note && text.AsSpan(start, end - start).Trim().Contains(' ');
        while (start < end && IsEdge(text[start], isProse))
            start++;
        while (end > start && IsEdge(text[end - 1], isProse))
            end--;
        var literal = text[start..end];
        if (start > 0 && text[start - 1] == '+' && literal.Count(char.IsAsciiDigit) >= FewestDigitsOfNumber
            && !literal.Any(char.IsLetter))
            return [new Piece(start, end - start, NameKind.Account)];
        return literal.Length == 0 || SaysNothing(literal) || rules.Keeps(literal) || IsType(text, start, literal) || IsCommand(literal)
            ? []
            : Read(literal, kind).Where(piece => piece.Length > 0 && !rules.Keeps(literal.Substring(piece.Start, piece.Length)))
                .Select(piece => piece.Shifted(start));
    }

    /// <summary>The addresses of hosts, stores and people in a text that people read.</summary>
    public IEnumerable<Piece> AddressesIn(string text, int start, int end)
    {
        for (var match = Address().Match(text, start, end - start); match.Success; match = match.NextMatch())
        {
            foreach (var piece in Of(text, match.Index, match.Index + match.Length, NameKind.Name))
                yield return piece;
        }
    }

    /// <summary>The piece of a name, unless the name stays.</summary>
    public IEnumerable<Piece> Name(string text, int start, int end, NameKind kind)
    {
        // $name is a parameter of a statement, and $1 one without a name.
        while (start < end && text[start] == '$')
            start++;
        var name = text[start..end];
        return name.Any(static character => char.IsLetter(character) || char.IsSurrogate(character)) && !rules.Keeps(name)
            ? [new Piece(start, end - start, kind)]
            : [];
    }

    private static bool IsEdge(char character, bool isProse) =>
        isProse ? char.IsWhiteSpace(character) : !WordShape.IsPart(character);

    // DECIMAL(18,2): its parenthesis is no part of a word.
    private bool IsType(string text, int start, string literal) =>
        TypeWithSize().Match(text, start) is { Success: true } type && type.Length == literal.Length + 1
            && rules.Keeps(type.Groups["type"].Value);

    // Import-Module is PowerShell's, and says nothing.
    private bool IsCommand(string literal) => WordShape.IsHyphenated(literal) && literal.Split('-').All(rules.Keeps);

    private static bool SaysNothing(
        string literal) => !literal.Any(static character => char.IsLetter(character) || char.IsSurrogate(character))
        ? !Ip().IsMatch(literal)
        : Nothing().IsMatch(literal);

    private static IEnumerable<Piece> Read(string literal, NameKind kind)
    {
        if (Uri().Match(literal) is { Success: true } uri)
            return OfUri(uri);
        if (Mail().Match(literal) is { Success: true } mail)
            return [Of(mail.Groups["account"], NameKind.Account), Of(mail.Groups["host"], NameKind.Host)];
        if (Ip().IsMatch(literal) || Host().IsMatch(literal))
            return [new Piece(0, literal.Length, NameKind.Host)];
        if (Path().IsMatch(literal))
            return OfPath(literal, 0);
        return Chain().IsMatch(literal) ? OfChain(literal) : [new Piece(0, literal.Length, kind)];
    }

    private static Piece Of(Group group, NameKind kind) => new(group.Index, group.Length, kind);

    private static IEnumerable<Piece> OfUri(Match uri)
    {
        var isStore = uri.Groups["scheme"].Value is "s3" or "s3a" or "gs" or "azure" or "abfss";
        return
        [
            Of(uri.Groups["account"], NameKind.Account), Of(uri.Groups["secret"], NameKind.Text),
            Of(uri.Groups["host"], isStore ? NameKind.Bucket : NameKind.Host),
            .. OfPath(uri.Groups["path"].Value, uri.Groups["path"].Index),
        ];
    }

    private static IEnumerable<Piece> OfPath(string path, int start) =>
        PathNames.In(path).Select(name => new Piece(start + name.Start, name.Length, NameKind.Path));

    private static IEnumerable<Piece> OfChain(string chain)
    {
        var parts = chain.Split('.');
        var start = 0;
        for (var part = 0; part < parts.Length; start += parts[part++].Length + 1)
            yield return new Piece(start, parts[part].Length, Chains[parts.Length][part]);
    }

    // Times, numbers with units, formats of times, and what one letter says.
    [GeneratedRegex(
        @"^(\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?( ?(Z|UTC|[+-]\d\d(:?\d\d)?))?)?|[+-]?\d[\d.,_]*([eE][+-]?\d+)?|\d+ ?(%|[a-z]{1,2}|days?|hours?|minutes?|seconds?|weeks?|months?|years?)|%?[aAbBdfHIjmMpSuUwWyYzZ]([-/:. ,T]*%[-#]?[aAbBdfHIjmMpSuUwWyYzZ])+Z?|%[a-zA-Z]|(?i:(YYYY|YY|MONTH|MON|MM|DD|DY|HH24|HH12|HH|MI|SS|FF\d?|AM|TZH|TZM)([-/:. ,T]*(YYYY|YY|MONTH|MON|MM|DD|DY|HH24|HH12|HH|MI|SS|FF\d?|AM|TZH|TZM))+Z?)|[A-Za-z])\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Nothing();

    [GeneratedRegex(
        @"\G(?<type>[A-Za-z]+) ?\([0-9]+(, ?[0-9]+)?\)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex TypeWithSize();

    [GeneratedRegex(
        @"^(?<scheme>[A-Za-z][A-Za-z0-9+.-]*)://((?<account>[^\s/@:]+)(:(?<secret>[^\s/@]*))?@)?(?<host>[^\s/:?#]+)(:\d+)?(?<path>[^\s]*)\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Uri();

    [GeneratedRegex(
        @"^(?<account>[^\s@/\\]+)@(?<host>[\w-]+(\.[\w-]+)+)\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Mail();

    [GeneratedRegex(
        @"^[a-z0-9-]+(\.[a-z0-9-]+)*\.(com|net|org|io|eu|de|uk|fr|ch|at|nl|us|co|info|biz|cloud|dev|app|local|internal|intern|corp|lan|home|test|invalid|example)\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Host();

    [GeneratedRegex(
        @"^\d{1,3}(\.\d{1,3}){3}\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Ip();

    [GeneratedRegex(
        @"^([A-Za-z]:[\\/]|\\\\)?[^\s\\/:""<>|']*([\\/][^\s\\/:""<>|']*)+\z|^[\w-]+(\.[\w-]+)*\.(csv|tsv|json|jsonl|ndjson|parquet|ya?ml|sql|md|ps1|psm1|psd1|duckdb|gz|zst|txt|html|xml|log|toml|pem|p8|key)\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Path();

    [GeneratedRegex(
        @"^[A-Za-z_]\w*(\.[A-Za-z_]\w*){1,3}\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Chain();

    [GeneratedRegex(
        @"[A-Za-z][A-Za-z0-9+.-]*://[^\s<>""'`)\]|]+|[\w.+-]+@[\w-]+(\.[\w-]+)+|(?<![\w.])\d{1,3}(\.\d{1,3}){3}(?![\w.])",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();
}
