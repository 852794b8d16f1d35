using System.Text.RegularExpressions;
using LoyaltyPipeline.SnowflakeSupport.Errors;
using LoyaltyPipeline.SnowflakeSupport.Results;
using LoyaltyPipeline.SnowflakeSupport.Statements;
using LoyaltyPipeline.SnowflakeSupport.Translation;

namespace LoyaltyPipeline.SnowflakeSupport.Stages;

/// <summary>COPY INTO a table.</summary>
/// <param name="columns">The columns that the fields go into; empty for all.</param>
/// <param name="location">Where the files are.</param>
internal sealed class CopyIntoTableStatement(
    IReadOnlyList<string> target, IReadOnlyList<string> columns, string location, IReadOnlyDictionary<string, IReadOnlyList<Token>> options)
        : IStatement
{
    private static readonly string[] Known =
        ["FILE_FORMAT", "FILES", "PATTERN", "ON_ERROR", "SIZE_LIMIT", "PURGE", "RETURN_FAILED_ONLY", "MATCH_BY_COLUMN_NAME",
            "ENFORCE_LENGTH", "TRUNCATECOLUMNS", "FORCE", "VALIDATION_MODE", "LOAD_UNCERTAIN_FILES"];

    public StatementType Type => StatementType.Copy;

    /// <summary>Reads what follows COPY INTO.</summary>
    public static CopyIntoTableStatement Parse(TokenReader reader)
    {
        var target = reader.TakeName();
        List<string> columns = reader.Peek()?.IsSymbol("(") == true
            ? [.. ColumnList.Split(reader.TakeParenthesized()).Select(column => column[0].Value)]
            : [];
        reader.Expect("FROM");
        var location = reader.Take();
        if (location.IsSymbol("("))
            throw new NotSupportedException("The test server cannot transform files while they are loaded.");
        if (location.Kind is not (TokenKind.StageLocation or TokenKind.Text))
            throw SnowflakeError.Unexpected(location);
        return new CopyIntoTableStatement(target, columns, location.Value, OptionReader.Read(reader, Known));
    }

    public ResultSet Execute(StatementContext context)
    {
        var table = context.Session.Resolve(target);
        var format = CsvFormat.Parse(options.TryGetValue("FILE_FORMAT", out var tokens) ? tokens : []);
        if (format.Type != "CSV")
            throw new NotSupportedException($"The test server loads CSV, not {format.Type}.");
        var stage = context.Engine.Stages.Find(context.Session, location);
        var files = Files(context, stage, table).ToList();
        if (files.Count == 0)
            return ResultSet.Status("Copy executed with 0 files processed.");
        var into = LoadColumns(context, table);
        var loads = files.ConvertAll(file => new FileLoad(stage.NameOf(file), ReadRecords(file, format), into, format));
        context.Work([table], table, locks: false, () => loads.ForEach(load => Load(context, load, table)));
        var errors = loads.SelectMany(load => load.Errors).ToList();
        context.Engine.LoadErrors[context.QueryId] = errors;
        if (options.ContainsKey("VALIDATION_MODE"))
            return new ResultSet(LoadError.Columns, [.. errors.Select(error => error.ToRow())]);
        Finish(context, table, files, loads);
        return Summary(loads);
    }

    private static List<CsvRecord> ReadRecords(FileInfo file, CsvFormat format)
    {
        using var text = StagedFile.OpenText(file, format.Compression);
        return [.. new CsvRecordReader(text, format).Read()];
    }

    private IEnumerable<FileInfo> Files(StatementContext context, StageLocation stage, ObjectName table)
    {
        var files = stage.Files();
        if (options.TryGetValue("FILES", out var named))
        {
            var wanted = named.Where(token => token.Kind == TokenKind.Text)
                .Select(token => stage.Path.Length == 0 ? token.Value : $"{stage.Path.TrimEnd('/')}/{token.Value}").ToList();
            var missing = wanted.Find(path => !File.Exists(stage.FullPath(path)));
            if (missing is not null)
                throw new SnowflakeError(
                    "091016", "22000",
                    $"Remote file '{missing}' was not found. There are several potential causes. The file might not exist.");
            files = wanted.Select(path => new FileInfo(stage.FullPath(path)));
        }

        if (options.TryGetValue("PATTERN", out var pattern))
            files = files.Where(
                file => Regex.IsMatch(
                    stage.Relative(file), $"^(?:{pattern[0].Value})$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
                    TimeSpan.FromSeconds(1)));
        return files.Where(file => options.IsOn("FORCE") || !context.Engine.Stages.Remembers(table, file));
    }

    private List<LoadColumn> LoadColumns(StatementContext context, ObjectName table)
    {
        var stored = context.Query(
            "SELECT column_name, data_type, is_nullable FROM duckdb_columns() WHERE schema_name = ? AND table_name = ? ORDER BY column_index", context.Session.DuckDbSchemaOf(table), table.Name);
        if (stored.Rows.Count == 0)
            throw SnowflakeError.NoObject("Table", table.ToString());
        var all = stored.Rows.Select(row => new LoadColumn((string)row[0]!, (string)row[1]!, row[2] is false)).ToList();
        return columns.Count == 0
            ? all
            : [.. columns.Select(
                name => all.Find(column => column.Name == name)
                    ?? throw new SnowflakeError(
                        "000904", "42000", $"SQL compilation error: error line 1 at position 0\ninvalid identifier '{name}'"))];
    }

    private void Load(StatementContext context, FileLoad load, ObjectName table)
    {
        load.Check(context);
        var onError = options.Word("ON_ERROR", "ABORT_STATEMENT");
        if (options.ContainsKey("VALIDATION_MODE") || (load.Errors.Count > 0 && onError.StartsWith("SKIP_FILE", StringComparison.Ordinal)))
            return;
        if (load.Errors.Count > 0 && onError != "CONTINUE")
        {
            var error = load.Errors[0];
            throw new SnowflakeError(
                error.Code,
                error.SqlState,
                $"{error.Message}\n  File '{error.File}', line {error.Record.Line}, character 1\n  Row {error.Row}, column \"{table.Name}\"[\"{error.Column}\"]\n  If you would like to continue loading when an error is encountered, use other values such as 'SKIP_FILE' or 'CONTINUE' for the ON_ERROR option.");
        }

        load.Load(context, DmlText.Target(context, table).Value);
    }

    private void Finish(StatementContext context, ObjectName table, List<FileInfo> files, List<FileLoad> loads)
    {
        foreach (var (file, load) in files.Zip(loads))
        {
            if (load.Loaded == 0 && load.Errors.Count > 0)
                continue;
            context.Engine.Stages.Remember(table, file);
            if (options.IsOn("PURGE"))
                file.Delete();
        }
    }

    private static ResultSet Summary(List<FileLoad> loads)
    {
        ResultColumn[] shown =
        [
            ResultColumn.Text("file"), ResultColumn.Text("status"), ResultColumn.Count("rows_parsed"), ResultColumn.Count("rows_loaded"),
            ResultColumn.Count("error_limit"),
            ResultColumn.Count("errors_seen"), ResultColumn.Text("first_error"), ResultColumn.Count("first_error_line"),
            ResultColumn.Count("first_error_character"), ResultColumn.Text("first_error_column_name"),
        ];
        return new ResultSet(shown, [.. loads.Select(Row)]);
    }

    private static object?[] Row(FileLoad load)
    {
        var first = load.Errors.Count == 0 ? null : load.Errors[0];
        var status = first is null ? "LOADED" : load.Loaded == 0 ? "LOAD_FAILED" : "PARTIALLY_LOADED";
        return [load.Name, status, load.Parsed, load.Loaded, first is null ? 1L : load.Parsed, (long)load.Errors.Count, first?.Message,
            first?.Record.Line, first is null ? null : 1L, first?.Column];
    }
}
