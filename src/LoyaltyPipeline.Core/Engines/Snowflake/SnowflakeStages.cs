using LoyaltyPipeline.Core.Catalog;

namespace LoyaltyPipeline.Core.Engines.Snowflake;

/// <summary>Snowflake's external stages.</summary>
internal sealed class SnowflakeStages : StageDialect
{
    // Parquet is not among them: Snowflake refuses to write times with a zone into it, and a manifest says that they have one. JSON takes
    // one column, whose names it sorts.
    public override IReadOnlyList<FileFormat> Formats { get; } = [FileFormat.Csv];

    public override IReadOnlyList<string> S3Schemes { get; } = ["s3://", "s3compat://", "s3gov://", "s3china://"];

    public override string Describe(string stage) => $"DESCRIBE STAGE {stage}";

    public override string List(string location) => $"LIST {SqlText.Quote(location)}";

    public override string Unload(string location, string query, UnloadFormat format) =>
        $"""
        COPY INTO {SqlText.Quote(location)} FROM (
        {query}
        )
        FILE_FORMAT = (TYPE = CSV COMPRESSION = {format.Compression.ToString().ToUpperInvariant()}
            FIELD_OPTIONALLY_ENCLOSED_BY = '"' ESCAPE_UNENCLOSED_FIELD = NONE NULL_IF = ({NullIf(format)})
            DATE_FORMAT = 'YYYY-MM-DD' TIMESTAMP_FORMAT = 'YYYY-MM-DD"T"HH24:MI:SS.FF6"Z"')
        HEADER = TRUE SINGLE = TRUE OVERWRITE = TRUE MAX_FILE_SIZE = 5368709120
        """;

    // A backslash in a text literal begins an escape there.
    private static string NullIf(UnloadFormat format) => SqlText.Quote(format.NullToken.Replace(@"\", @"\\", StringComparison.Ordinal));
}
