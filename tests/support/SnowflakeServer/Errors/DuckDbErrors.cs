using System.Text.RegularExpressions;
using DuckDB.NET.Data;

namespace LoyaltyPipeline.SnowflakeSupport.Errors;

/// <summary>Says in Snowflake's words what DuckDB refused.</summary>
internal static partial class DuckDbErrors
{
    private static readonly (Regex Pattern, Func<Match, Exception, SnowflakeError> Error)[] Known =
    [
        (NoTable(), (match, cause) => SnowflakeError.NoObject("Object", Clean(match), cause)),
        (NoSchema(), (match, cause) => SnowflakeError.NoObject("Schema", Clean(match), cause)),
        (Exists(), (match, cause) => SnowflakeError.AlreadyExists(Clean(match), cause)),
        (
            NoColumn(),
            (
                match,
                cause) => new SnowflakeError(
                    "000904", "42000",
                    $"SQL compilation error: error line 1 at position 0\ninvalid identifier '{Clean(match).ToUpperInvariant()}'", cause)),
        (
            NoFunction(),
            (
                match,
                cause) => new SnowflakeError(
                    "002140", "42601", $"SQL compilation error:\nUnknown function {Clean(match).ToUpperInvariant()}", cause)),
        (
            NotNull(),
            (match, cause) => new SnowflakeError("100072", "22000", $"NULL result in a non-nullable column '{Clean(match)}'", cause)),
        (TooLong(), (_, cause) => new SnowflakeError("100078", "22000", "String is too long and would be truncated", cause)),
        (
            Unparsed(),
            (
                match,
                cause) => new SnowflakeError(
                    "001003", "42000", $"SQL compilation error:\nsyntax error line 1 at position 0 unexpected '{Clean(match)}'.", cause)),
        (NoDate(), (match, cause) => new SnowflakeError("100040", "22007", $"Date '{Clean(match)}' is not recognized", cause)),
        (NoTimestamp(), (match, cause) => new SnowflakeError("100035", "22007", $"Timestamp '{Clean(match)}' is not recognized", cause)),
        (NoBoolean(), (match, cause) => new SnowflakeError("100037", "22018", $"Boolean value '{Clean(match)}' is not recognized", cause)),
        (NoNumber(), (match, cause) => new SnowflakeError("100038", "22018", $"Numeric value '{Clean(match)}' is not recognized", cause)),
        (OutOfRange(), (_, cause) => new SnowflakeError("100039", "22003", "Numeric value is out of range", cause)),
        (ManyRows(), (_, cause) => new SnowflakeError("100061", "21000", "Single-row subquery returns more than one row.", cause)),
    ];

    /// <summary>Translates an error.</summary>
    /// <param name="exception">What DuckDB said.</param>
    public static SnowflakeError Translate(DuckDBException exception)
    {
        foreach (var (pattern, error) in Known)
        {
            if (pattern.Match(exception.Message) is { Success: true } match)
                return error(match, exception);
        }

        var firstLine = exception.Message.Split('\n')[0];
        return exception.Message.StartsWith("Parser Error", StringComparison.Ordinal)
            || exception.Message.StartsWith("Binder Error", StringComparison.Ordinal)
            ? new SnowflakeError("001007", "22023", $"SQL compilation error:\n{firstLine}", exception)
            : new SnowflakeError("100000", "XX000", firstLine, exception);
    }

    private static string Clean(Match match)
    {
        var name = match.Groups["name"].Value;
        // A temporary table's schema begins with its session, which is the test server's own affair.
        return name.StartsWith('~') ? name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..] : name;
    }

    [GeneratedRegex("^Catalog Error: (?:Table|View) with name \"?(?<name>[^\" ]+)\"? does not exist", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NoTable();

    [GeneratedRegex("^Catalog Error: Schema with name \"?(?<name>[^\" ]+)\"? does not exist", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NoSchema();

    [GeneratedRegex("^Catalog Error: \\w+ with name \"?(?<name>[^\" ]+)\"? already exists", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Exists();

    [GeneratedRegex(
        "^Binder Error: (?:Referenced column \"(?<name>[^\"]+)\" not found|Table \"[^\"]+\" does not have a column named \"(?<name>[^\"]+)\"|Values list \"[^\"]+\" does not have a column named \"(?<name>[^\"]+)\"|Referenced table \"(?<name>[^\"]+)\" not found|Referenced update column (?<name>\\S+) not found)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NoColumn();

    [GeneratedRegex(
        "^Catalog Error: (?:Scalar|Aggregate|Table|Macro|Table Macro|Scalar Macro)? ?Function with name \"?(?<name>[^\" ]+)\"? does not exist", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NoFunction();

    [GeneratedRegex(
        "NOT NULL constraint failed: [^\\n]*?\\.?(?<name>[^.\\s]+)$", RegexOptions.CultureInvariant | RegexOptions.Multiline, 1000)]
    private static partial Regex NotNull();

    [GeneratedRegex("CHECK constraint failed", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex TooLong();

    [GeneratedRegex(
        "^Parser Error: syntax error at (?:or near \"(?<name>[^\"]+)\"|(?<name>end of input))", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Unparsed();

    [GeneratedRegex(
        "^Conversion Error: (?:invalid date field format|date field value out of range): \"(?<name>[^\"]*)\"",
        RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NoDate();

    [GeneratedRegex(
        "^Conversion Error: (?:invalid timestamp field format|timestamp field value out of range): \"(?<name>[^\"]*)\"",
        RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NoTimestamp();

    [GeneratedRegex("^Conversion Error: Could not convert string '(?<name>[^']*)' to BOOL", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NoBoolean();

    [GeneratedRegex("^Conversion Error: Could not convert string [\"'](?<name>[^\"']*)[\"'] to ", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NoNumber();

    [GeneratedRegex("out of range", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex OutOfRange();

    [GeneratedRegex("More than one row returned by a subquery", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ManyRows();
}
