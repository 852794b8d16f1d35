using System.Globalization;
using LoyaltyPipeline.SnowflakeSupport.Errors;
using LoyaltyPipeline.SnowflakeSupport.Statements;
using LoyaltyPipeline.SnowflakeSupport.Translation;

namespace LoyaltyPipeline.SnowflakeSupport.Stages;

/// <summary>How a staged file is written.</summary>
internal sealed record CsvFormat
{
    private static readonly string[] Known =
    [
        "TYPE", "COMPRESSION", "FIELD_DELIMITER", "RECORD_DELIMITER", "SKIP_HEADER", "PARSE_HEADER", "FIELD_OPTIONALLY_ENCLOSED_BY",
        "ESCAPE", "ESCAPE_UNENCLOSED_FIELD", "NULL_IF",
        "EMPTY_FIELD_AS_NULL", "TRIM_SPACE", "ERROR_ON_COLUMN_COUNT_MISMATCH", "DATE_FORMAT", "TIME_FORMAT", "TIMESTAMP_FORMAT", "ENCODING",
        "SKIP_BLANK_LINES", "BINARY_FORMAT",
        "FILE_EXTENSION", "REPLACE_INVALID_CHARACTERS", "SKIP_BYTE_ORDER_MARK", "SNAPPY_COMPRESSION", "USE_LOGICAL_TYPE",
        "USE_VECTORIZED_SCANNER", "BINARY_AS_TEXT", "STRIP_OUTER_ARRAY",
    ];

    /// <summary>CSV, JSON or PARQUET.</summary>
    public string Type { get; private init; } = "CSV";

    /// <summary>GZIP, NONE, AUTO and so on.</summary>
    public string Compression { get; private init; } = "AUTO";

    /// <summary>What is between fields.</summary>
    public string Delimiter { get; private init; } = ",";

    /// <summary>How many lines come before the first record.</summary>
    public int SkipHeader { get; private init; }

    /// <summary>What texts are enclosed by; null where they are not.</summary>
    public char? Quote { get; private init; }

    /// <summary>What escapes a character of a field that is not enclosed; null where nothing does.</summary>
    public char? Escape { get; private init; } = '\\';

    /// <summary>The texts that stand for NULL.</summary>
    public IReadOnlyList<string> Nulls { get; private init; } = ["\\N"];

    /// <summary>Whether an empty field that is not enclosed stands for NULL.</summary>
    public bool EmptyIsNull { get; private init; } = true;

    /// <summary>Whether a record with too many or too few fields is an error.</summary>
    public bool ChecksCount { get; private init; } = true;

    /// <summary>How a day is written; AUTO for ISO 8601.</summary>
    public string DateFormat { get; private init; } = "AUTO";

    /// <summary>How a time is written; AUTO for ISO 8601.</summary>
    public string TimestampFormat { get; private init; } = "AUTO";

    /// <summary>Reads FILE_FORMAT.</summary>
    /// <param name="tokens">What is between its parentheses.</param>
    /// <exception cref="SnowflakeError">An option is not known.</exception>
    public static CsvFormat Parse(IReadOnlyList<Token> tokens)
    {
        var options = OptionReader.Read(new TokenReader(tokens), Known);
        var initial = new CsvFormat();
        return new CsvFormat
        {
            Type = options.Word("TYPE", "CSV"),
            Compression = options.Word("COMPRESSION", "AUTO"),
            Delimiter = options.One("FIELD_DELIMITER", ","),
            SkipHeader = options.IsOn("PARSE_HEADER") ? 1 : int.Parse(options.One("SKIP_HEADER", "0"), CultureInfo.InvariantCulture),
            Quote = Character(options, "FIELD_OPTIONALLY_ENCLOSED_BY", null),
            Escape = Character(options, "ESCAPE_UNENCLOSED_FIELD", initial.Escape),
            Nulls = options.TryGetValue("NULL_IF", out var nulls)
                ? [.. nulls.Where(token => token.Kind == TokenKind.Text).Select(token => token.Value)]
                : initial.Nulls,
            EmptyIsNull = options.IsOn("EMPTY_FIELD_AS_NULL", initial: true),
            ChecksCount = options.IsOn("ERROR_ON_COLUMN_COUNT_MISMATCH", initial: true),
            DateFormat = options.One("DATE_FORMAT", "AUTO"),
            TimestampFormat = options.One("TIMESTAMP_FORMAT", "AUTO"),
        };
    }

    private static char? Character(IReadOnlyDictionary<string, IReadOnlyList<Token>> options, string name, char? initial)
    {
        if (!options.TryGetValue(name, out var value))
            return initial;
        return value[0].Is("NONE") || value[0].Value is "NONE" or "" ? null : value[0].Value[0];
    }
}
