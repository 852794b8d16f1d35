using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Delivery.Manifests;
using LoyaltyPipeline.Core.Delivery.Planning;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Engines.DuckDb;
using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Core.Delivery.Verification;

/// <summary>A delivered file that is read back by the engine, with just the columns and types that the manifest states.</summary>
/// <param name="session">A session of any DuckDB database.</param>
/// <param name="settings">The settings that the manifest states.</param>
/// <param name="columns">The columns that it states.</param>
/// <param name="mode">What of the audience was sent.</param>
internal sealed class DeliveredFile(
    IWarehouseSession session, ManifestSettings settings, IReadOnlyList<ManifestColumn> columns, DeliveryMode mode, string path)
{
    private const string Timestamp = "TIMESTAMP";
    private const string Times = "timestampformat = '%Y-%m-%dT%H:%M:%S.%fZ', dateformat = '%Y-%m-%d'";

    private string Compression => settings.Compression switch
    {
        FileCompression.Gzip => "gzip",
        FileCompression.Zstd => "zstd",
        _ => "uncompressed",
    };

    private string Rows => settings.Format switch
    {
        FileFormat.Parquet => $"read_parquet({EnginePath.Literal(path)}, hive_partitioning = false)",
        FileFormat.JsonLines => $$"""
            read_json({{EnginePath.Literal(path)}}, hive_partitioning = false, format = 'newline_delimited',
                compression = '{{Compression}}', columns = { {{Types}} }, {{Times}})
            """,
        _ => Csv(hasHeader: true, Types),
    };

    // TIMESTAMP WITH TIME ZONE is how Parquet says UTC.
    private string Types => SqlText.List(columns.Select(column => $"'{column.Name}': '{column.Type}'"));

    /// <summary>The names of the columns, as the file has them.</summary>
    /// <exception cref="LoyaltyException"><c>QueryFailed</c>: the file cannot be read.</exception>
    public async Task<IReadOnlyList<string>> ColumnsAsync(CancellationToken cancellationToken) => settings.Format switch
    {
        FileFormat.Parquet => await session.ListAsync(
            $"SELECT name || ' ' || column_type FROM (DESCRIBE SELECT * FROM {Rows}) AS d(name, column_type, a, b, c, e)", [],
            reader => reader.GetString(0), cancellationToken),
        FileFormat.JsonLines => (await session.ListAsync(
            $"""
            SELECT DISTINCT array_to_string(json_keys(json), ',')
            FROM read_ndjson_objects({SqlText.Quote(path)}, compression = '{Compression}')
            """, [], reader => reader.GetString(0), cancellationToken)) is [var keys] ? keys.Split(',') : [],
        _ => (await session.ListAsync(
            $"SELECT * FROM {Csv(hasHeader: false, SqlText.List(columns.Select(column => $"'{column.Name}': 'VARCHAR'")))} LIMIT 1",
            [],
            reader => Enumerable.Range(0, reader.FieldCount).Select(index => reader.TextAt(index) ?? string.Empty).ToList(),
            cancellationToken)).SingleOrDefault() ?? [],
    };

    /// <summary>The names of the columns, as the manifest states them.</summary>
    public IReadOnlyList<string> ExpectedColumns() => [.. columns.Select(column => settings.Format == FileFormat.Parquet
        ? $"{column.Name} {(column.Type == Timestamp ? "TIMESTAMP WITH TIME ZONE" : column.Type)}"
        : column.Name)];

    /// <summary>Reads every value.</summary>
    /// <exception cref="LoyaltyException"><c>QueryFailed</c>: a value is not of its column's type.</exception>
    public async Task<FileContent> ReadAsync(CancellationToken cancellationToken)
    {
        var change = mode == DeliveryMode.Diff ? DeliveryForm.Change : "NULL";
        // A column that nobody asks for is not read.
        return (await session.ListAsync(
            $"""
            SELECT COUNT(*), COUNT_IF(USER_ID <= EARLIER OR USER_ID IS NULL), MIN(USER_ID), MAX(USER_ID),
                COUNT_IF(KIND = 'added'), COUNT_IF(KIND = 'changed'), COUNT_IF(KIND = 'removed'),
                {SqlText.List(columns.Select(column => $"COUNT({column.Name})"))}
            FROM (SELECT *, LAG(USER_ID) OVER () AS EARLIER, {change} AS KIND FROM {Rows}) AS f
            """,
            [],
            reader => new FileContent(
                reader.LongAt(0), reader.LongAt(1), reader.LongAt(2), reader.LongAt(3),
                new DeliveryChanges(reader.LongAt(4), reader.LongAt(5), reader.LongAt(6))),
            cancellationToken))[0];
    }

    private string Csv(bool hasHeader, string types) =>
        $$"""
        read_csv({{EnginePath.Literal(path)}}, hive_partitioning = false, auto_detect = false, delim = ',', quote = '"', escape = '"',
            header = {{(hasHeader ? "true" : "false")}}, compression = '{{Compression}}',
            nullstr = {{SqlText.Quote(settings.NullToken ?? string.Empty)}}, allow_quoted_nulls = false, columns = { {{types}} }, {{Times}})
        """;
}
