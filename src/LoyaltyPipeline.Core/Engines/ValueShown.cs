using System.Text.RegularExpressions;

namespace LoyaltyPipeline.Core.Engines;

/// <summary>
/// What engines say of a value that they cannot take has the value in it, which may be somebody's. It is taken out before the text gets
/// into errors, logs and results of checks.
/// </summary>
internal static partial class ValueShown
{
    /// <summary>Whether a message is about a value, and not about the text of a statement.</summary>
    /// <param name="message">What the engine said.</param>
    public static bool IsIn(string message) => AboutValues().IsMatch(message);

    /// <summary>A message without the value that it is about.</summary>
    /// <param name="message">What the engine said.</param>
    /// <returns>Its first line, with <c>'…'</c> in place of what stands between quotes: further lines may repeat the value. As it is where
    /// it is about no value.</returns>
    public static string Hide(string message) =>
        IsIn(message) ? Quoted().Replace(Statement().Replace(message, string.Empty), "'…'").Split('\n', 2)[0].TrimEnd() : message;

    /// <summary>A message in one line, without any value: of one that need not stand between quotes only the kind is left.</summary>
    /// <param name="message">What the engine said of a query, without the query.</param>
    public static string HideAll(string message) =>
        OneLine().Replace((Unquoted().Match(message) is { Success: true } kind ? $"{kind.Value} …" : WithoutNumbers(Hide(message))).Trim(), " ");

    private static string WithoutNumbers(string message) => IsIn(message) ? Number().Replace(message, "…") : message;

    // Kinds of errors of DuckDB, and what Snowflake says of values.
    [GeneratedRegex(
        @"^(Conversion|Out of Range|Constraint|Invalid Input|Mismatch Type|Invalid type|Not implemented) Error:|^\w+ value '|is not recognized|is out of range|^Failed to cast", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AboutValues();

    // What functions like error() say of a value is the value.
    [GeneratedRegex(
        "^Invalid Input Error:(?! Could not )", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Unquoted();

    // Not the 64 of INT64.
    [GeneratedRegex(@"(?<![\w.])-?\d[\d.]*(?!\w)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();

    [GeneratedRegex(@"\s*\n\s*", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OneLine();

    // The part of the statement that DuckDB repeats behind its message.
    [GeneratedRegex(@"\n+LINE \d+:.*\z", RegexOptions.CultureInvariant | RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Statement();

    // A value may hold quotes and line ends itself: all between the first and the last.
    [GeneratedRegex(
        @"(?<![A-Za-z])[""'](.*[""'](?![A-Za-z])|.*\z)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Quoted();
}
