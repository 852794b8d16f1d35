using LoyaltyPipeline.SnowflakeSupport.Errors;
using LoyaltyPipeline.SnowflakeSupport.Results;
using LoyaltyPipeline.SnowflakeSupport.Statements;
using LoyaltyPipeline.SnowflakeSupport.Translation;

namespace LoyaltyPipeline.SnowflakeSupport.Stages;

/// <summary>COPY INTO a location. No row writes no file.</summary>
/// <param name="location">Where the files go.</param>
/// <param name="query">What they hold.</param>
/// <param name="options">The options.</param>
internal sealed class CopyIntoLocationStatement(string location, IReadOnlyList<Token> query, IReadOnlyDictionary<string, IReadOnlyList<Token>> options) : IStatement
{
    private static readonly string[] Known = ["FILE_FORMAT", "OVERWRITE", "SINGLE", "MAX_FILE_SIZE", "INCLUDE_QUERY_ID", "DETAILED_OUTPUT", "HEADER", "STORAGE_INTEGRATION", "ENCRYPTION", "VALIDATION_MODE"];

    public StatementType Type => StatementType.Unload;

    /// <summary>Reads what follows COPY INTO.</summary>
    public static CopyIntoLocationStatement Parse(TokenReader reader)
    {
        var location = reader.Take().Value;
        reader.Expect("FROM");
        List<Token> query = reader.Peek()?.IsSymbol("(") == true
            ? reader.TakeParenthesized()
            : [new Token(TokenKind.Word, "SELECT"), new Token(TokenKind.Symbol, "*"), new Token(TokenKind.Word, "FROM"), .. NameTokens(reader.TakeName())];
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
        var path = stage.FullPath(name);
        var isThere = options.IsOn("SINGLE") ? File.Exists(path) : stage.Files().Any();
        if (isThere && !options.IsOn("OVERWRITE"))
            throw new SnowflakeError("001030", "22000", $"Files already existing at the unload destination: {location}. Use overwrite option to force unloading.");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var rows = 0L;
        context.Work(tables, changes: null, locks: false, () => rows = Write(context, format, text, path));
        if (rows == 0)
            File.Delete(path);
        var size = rows == 0 ? 0 : new FileInfo(path).Length;
        if (!options.IsOn("DETAILED_OUTPUT"))
            return ResultSet.Counts(("rows_unloaded", rows), ("input_bytes", size), ("output_bytes", size));
        return new ResultSet(
            [ResultColumn.Text("FILE_NAME"), ResultColumn.Count("FILE_SIZE"), ResultColumn.Count("ROW_COUNT")],
            rows == 0 ? [] : [[name, size, rows]]);
    }

    private static IEnumerable<Token> NameTokens(List<string> parts) => parts.SelectMany((part, i) => i == 0
        ? [new Token(TokenKind.QuotedName, part)]
        : new[] { new Token(TokenKind.Symbol, "."), new Token(TokenKind.QuotedName, part) });

    private long Write(StatementContext context, CsvFormat format, List<Token> text, string path)
    {
        if (format.Type == "CSV")
            return CsvFileWriter.Write(context.Query(DuckDbText.Statement(text)), format, options.IsOn("HEADER"), path);
        var how = format.Type == "PARQUET" ? "FORMAT PARQUET, COMPRESSION SNAPPY" : "FORMAT JSON";
        return context.Execute(DuckDbText.Statement([Token.Raw("COPY ("), .. text, Token.Raw($") TO {DuckDbText.Literal(path)} ({how})")]));
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
