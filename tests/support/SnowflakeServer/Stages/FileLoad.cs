using LoyaltyPipeline.SnowflakeSupport.Statements;
using LoyaltyPipeline.SnowflakeSupport.Translation;

namespace LoyaltyPipeline.SnowflakeSupport.Stages;

/// <summary>Loads one staged file into a table.</summary>
/// <param name="name">How Snowflake calls the file.</param>
/// <param name="columns">The columns that its fields go into.</param>
/// <param name="format">How it is written.</param>
internal sealed class FileLoad(string name, IReadOnlyList<CsvRecord> records, IReadOnlyList<LoadColumn> columns, CsvFormat format)
{
    private const string Fields = "temp.main.sf_load";
    private const string Faults = "temp.main.sf_faults";

    /// <summary>How Snowflake calls the file.</summary>
    public string Name => name;

    /// <summary>How many records it has.</summary>
    public long Parsed => records.Count;

    /// <summary>How many of them were loaded.</summary>
    public long Loaded { get; private set; }

    /// <summary>Why the others were not, in the order of the file; one for each record.</summary>
    public IReadOnlyList<LoadError> Errors { get; private set; } = [];

    /// <summary>Finds what cannot be loaded.</summary>
    public void Check(StatementContext context)
    {
        context.Execute($"CREATE OR REPLACE TEMP TABLE sf_load (r BIGINT{string.Concat(columns.Select((_, i) => $", f{i} VARCHAR"))})");
        var errors = new SortedDictionary<long, LoadError>();
        using (var appender = context.Session.Connection.CreateAppender("temp", "main", "sf_load"))
        {
            for (var i = 0; i < records.Count; i++)
            {
                if (Malformed(records[i], i + 1) is { } error)
                {
                    errors[i + 1] = error;
                    continue;
                }

                var row = appender.CreateRow().AppendValue((long?)(i + 1));
                for (var field = 0; field < columns.Count; field++)
                    row.AppendValue(records[i].Fields.ElementAtOrDefault(field));
                row.EndRow();
            }
        }

        context.Execute($"CREATE OR REPLACE TEMP TABLE sf_faults AS {string.Join(" UNION ALL ", columns.Select(FaultQuery))}");
        foreach (var fault in context.Query($"SELECT r, min(i) FROM {Faults} GROUP BY r").Rows)
            errors[(long)fault[0]!] = Conversion((long)fault[0]!, Convert.ToInt32(fault[1]));
        Errors = [.. errors.Values];
    }

    /// <summary>Loads what can be loaded. What was checked last is what is loaded.</summary>
    /// <param name="target">The table in DuckDB's words.</param>
    public void Load(StatementContext context, string target)
    {
        var list = string.Join(", ", columns.Select(column => DuckDbText.Name(column.Name)));
        var values = string.Join(", ", columns.Select((column, i) => column.Converted(i, format)));
        Loaded = context.Execute(
            $"INSERT INTO {target} ({list}) SELECT {values} FROM {Fields} WHERE r NOT IN (SELECT r FROM {Faults}) ORDER BY r");
    }

    private LoadError? Malformed(CsvRecord record, long row)
    {
        if (record.Fault is not null)
            return new LoadError(record.Fault, "100016", name, record, row, null);
        return format.ChecksCount && record.Fields.Count != columns.Count
            ? new LoadError(
                $"Number of columns in file ({record.Fields.Count}) does not match that of the corresponding table ({columns.Count}), use file format option error_on_column_count_mismatch=false to ignore this error",
                "100080", name, record, row, null)
            : null;
    }

    private string FaultQuery(LoadColumn column, int index) =>
        $"SELECT r, {index} AS i FROM {Fields} WHERE {(column.IsRequired ? $"f{index} IS NULL OR" : "")} (f{index} IS NOT NULL AND {column.Converted(index, format)} IS NULL)";

    private LoadError Conversion(long row, int index)
    {
        var record = records[(int)row - 1];
        var column = columns[index];
        var text = record.Fields.ElementAtOrDefault(index);
        var (code, message) = text is null ? ("100072", $"NULL result in a non-nullable column '{column.Name}'") : column.Fault(text);
        return new LoadError(message, code, name, record, row, column.Name);
    }
}
