using LoyaltyPipeline.SnowflakeSupport.Errors;
using LoyaltyPipeline.SnowflakeSupport.Results;
using LoyaltyPipeline.SnowflakeSupport.Statements;
using LoyaltyPipeline.SnowflakeSupport.Translation;

namespace LoyaltyPipeline.SnowflakeSupport.Stages;

/// <summary>COPY INTO a location. No row writes no file.</summary>
/// <param name="location">Where the files go.</param>
/// <param name="query">What they hold.</param>
internal sealed class CopyIntoLocationStatement(
    string location, IReadOnlyList<Token> query, IReadOnlyDictionary<string, IReadOnlyList<Token>> options) : IStatement
{
    private static readonly string[] Known = ["FILE_FORMAT", "OVERWRITE", "SINGLE", "MAX_FILE_SIZE", "INCLUDE_QUERY_ID", "DETAILED_OUTPUT",
        "HEADER", "STORAGE_INTEGRATION", "ENCRYPTION", "VALIDATION_MODE"];

    // What the clouds take as one object.
    private const long LargestFile = 5368709120;

    public StatementType Type => StatementType.Unload;

    /// <summary>Reads what follows COPY INTO.</summary>
    public static CopyIntoLocationStatement Parse(TokenReader reader)
    {
        var location = reader.Take().Value;
        reader.Expect("FROM");
        List<Token> query = reader.Peek()?.IsSymbol("(") == true
            ? reader.TakeParenthesized()
            : [new Token(TokenKind.Word, "SELECT"), new Token(TokenKind.Symbol, "*"), new Token(TokenKind.Word, "FROM"),
                .. NameTokens(reader.TakeName())];
        if (reader.TryTake("PARTITION", "BY"))
            throw new NotSupportedException("The test server cannot partition what it unloads.");
        return new CopyIntoLocationStatement(location, query, OptionReader.Read(reader, Known));
    }

    public ResultSet Execute(StatementContext context)
    {
        var format = CsvFormat.Parse(options.TryGetValue("FILE_FORMAT", out var tokens) ? tokens : []);
        var stage = context.Engine.Stages.Find(context.Session, location);
        var (text, tables) = context.Translate(query);
        var name = FileName(stage.Path, format, context.QueryId);
        var isThere = options.IsOn("SINGLE") ? stage.Has(name) : stage.List().Count > 0;
        if (isThere && !options.IsOn("OVERWRITE"))
            throw new SnowflakeError(
                "001030", "22000",
                $"Files already existing at the unload destination: {location}. Use overwrite option to force unloading.");
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(context.Engine.Folder, "unloads")).FullName, context.QueryId);
        var rows = 0L;
        context.Work(tables, changes: null, locks: false, () => rows = Write(context, format, text, path));
        var size = rows == 0 ? 0 : new FileInfo(path).Length;
        if (rows == 0)
            File.Delete(path);
        else
            Store(stage, name, path, size);
        if (!options.IsOn("DETAILED_OUTPUT"))
            return ResultSet.Counts(("rows_unloaded", rows), ("input_bytes", size), ("output_bytes", size));
        return new ResultSet(
            [ResultColumn.Text("FILE_NAME"), ResultColumn.Count("FILE_SIZE"), ResultColumn.Count("ROW_COUNT")],
            rows == 0 ? [] : [[name, size, rows]]);
    }

    // A file can be too large; several files, of which the test server always writes one, share what there is.
    private void Store(StageLocation stage, string name, string path, long size)
    {
        var limit = long.Parse(options.One("MAX_FILE_SIZE", "16777216"), System.Globalization.CultureInfo.InvariantCulture);
        if (limit > LargestFile)
            throw new SnowflakeError("001023", "22023", $"SQL compilation error:\ninvalid value [{limit}] for parameter 'MAX_FILE_SIZE'");
        if (size > limit && !options.IsOn("SINGLE"))
            throw new NotSupportedException("The test server cannot cut what it unloads into several files.");
        if (size > limit)
        {
            File.Delete(path);
            throw new SnowflakeError(
                "100083", "22000",
                $"Max file size ({limit}) exceeded for unload single file mode. We recommend that you increase the max file size parameter, or disable single-file mode in the unload command.");
        }

        stage.Store(name, path);
    }

    private static IEnumerable<Token> NameTokens(List<string> parts) => parts.SelectMany((part, i) => i == 0
        ? [new Token(TokenKind.QuotedName, part)]
        : new[] { new Token(TokenKind.Symbol, "."), new Token(TokenKind.QuotedName, part) });

    private long Write(StatementContext context, CsvFormat format, List<Token> text, string path)
    {
        if (format.Type == "CSV")
            return CsvFileWriter.Write(context.Query(DuckDbText.Statement(text)), format, options.IsOn("HEADER"), path);
        if (format.Type == "PARQUET")
            text = Parquet(context, text);
        var how = format.Type == "PARQUET" ? "FORMAT PARQUET, COMPRESSION SNAPPY" : "FORMAT JSON";
        return context.Execute(DuckDbText.Statement([Token.Raw("COPY ("), .. text, Token.Raw($") TO {DuckDbText.Literal(path)} ({how})")]));
    }

    // Without a header its columns have no names of their own.
    private List<Token> Parquet(StatementContext context, List<Token> text)
    {
        var none = context.Query(DuckDbText.Statement([Token.Raw("SELECT * FROM ("), .. text, Token.Raw(") AS q LIMIT 0")]));
        if (none.Columns.Any(column => column.Kind == ColumnKind.TimestampLtz))
            throw new SnowflakeError(
                "100171", "22000",
                "Error encountered when unloading to PARQUET: TIMESTAMP_TZ and LTZ types are not supported for unloading to Parquet. value get: TIMESTAMP_LTZ");
        return options.IsOn("HEADER")
            ? text
            : [Token.Raw("SELECT * FROM ("), .. text,
                Token.Raw($") AS q({string.Join(", ", none.Columns.Select((_, i) => $"_COL_{i}"))})")];
    }

    private string FileName(string path, CsvFormat format, string queryId)
    {
        if (options.IsOn("SINGLE"))
            return path.Length == 0 || path.EndsWith('/') ? $"{path}data" : path;
        var prefix = path.Length == 0 || path.EndsWith('/') ? $"{path}data" : path;
        var unique = options.IsOn("INCLUDE_QUERY_ID") ? $"{queryId}_" : "";
        var extension = format.Type switch
        {
            "PARQUET" => ".snappy.parquet",
            "JSON" => ".json",
            _ => format.Compression == "NONE" ? ".csv" : ".csv.gz",
        };
        return $"{prefix}_{unique}0_0_0{extension}";
    }
}
