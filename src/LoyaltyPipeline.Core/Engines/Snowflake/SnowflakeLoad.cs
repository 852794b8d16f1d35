using LoyaltyPipeline.Core.Catalog;

namespace LoyaltyPipeline.Core.Engines.Snowflake;

/// <summary>The statements that bring a file to the user's own stage and from there into a table.</summary>
/// <param name="columns">The columns of the file.</param>
internal sealed class SnowflakeLoad(string table, IReadOnlyList<string> columns, string path)
{
    private readonly string _folder = $"@~/loyalty/{Guid.NewGuid():N}";

    /// <summary>Copies the file, which is compressed already, to the stage.</summary>
    public string Put =>
        $"PUT {File} {_folder} AUTO_COMPRESS = FALSE SOURCE_COMPRESSION = GZIP OVERWRITE = TRUE";

    /// <summary>Adds its rows to the table, all of them or none, and removes it.</summary>
    public string Copy =>
        $"""
        COPY INTO {table} ({SqlText.List(columns)}) FROM {_folder}
        FILE_FORMAT = (TYPE = CSV COMPRESSION = GZIP SKIP_HEADER = 1
            FIELD_OPTIONALLY_ENCLOSED_BY = '"' ESCAPE_UNENCLOSED_FIELD = NONE EMPTY_FIELD_AS_NULL = TRUE NULL_IF = ()
            DATE_FORMAT = 'YYYY-MM-DD' TIMESTAMP_FORMAT = 'YYYY-MM-DD"T"HH24:MI:SS.FF6"Z"')
        ON_ERROR = ABORT_STATEMENT PURGE = TRUE
        """;

    /// <summary>Removes the file.</summary>
    public string Remove => $"REMOVE {_folder}";

    private string File => SqlText.Quote($"file://{path.Replace('\\', '/')}");
}
