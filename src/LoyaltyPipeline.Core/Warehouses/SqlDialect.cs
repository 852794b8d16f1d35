using System.Globalization;
using System.Text.RegularExpressions;
using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Delivery;

namespace LoyaltyPipeline.Core.Warehouses;

/// <summary>What an engine can do and how it writes things, as data: features ask for a capability, never for an engine.</summary>
public sealed record SqlDialect
{
    /// <summary>Name of the engine.</summary>
    public required string Engine { get; init; }

    /// <summary>How the engine writes a timestamp without zone.</summary>
    public required string TimestampType { get; init; }

    /// <summary>
    /// What the engine's information schema calls a column of a declared type, <c>{0}</c> standing for the precision and <c>{1}</c> for the
    /// scale; a type that is not in it is called as the DDL writes it.
    /// </summary>
    public required IReadOnlyDictionary<DataType, string> StoredTypes { get; init; }

    /// <summary>For a declared type a pattern of stored types of which every value is one of the declared type; none where only the type itself is.</summary>
    public required IReadOnlyDictionary<DataType, string> NarrowerTypes { get; init; }

    /// <summary>
    /// Whether a window without ORDER BY sees the rows one after another as they are stored. Where it does, a table stored in the order
    /// of its key is proven free of duplicates by one cheap pass instead of a grouping of all its rows.
    /// </summary>
    public required bool HasStoredOrder { get; init; }

    /// <summary>Whether statements read files of this machine. Where they do not, files are read by an engine that does, and their rows are loaded.</summary>
    public required bool ReadsFiles { get; init; }

    /// <summary>Whether the information schema lists the tables of all databases within reach; else each database has one of its own.</summary>
    public required bool ListsAllDatabases { get; init; }

    /// <summary>How the engine hashes a text with SHA-256, <c>{0}</c> standing for it; the hash is hexadecimal in lower case.</summary>
    public required string Sha256Format { get; init; }

    /// <summary>How the engine turns a timestamp without zone, which is UTC, into one with a zone, <c>{0}</c> standing for it.</summary>
    public required string UtcTimestampFormat { get; init; }

    /// <summary>How the engine hashes values into a signed integer of 64 bits, <c>{0}</c> standing for them.</summary>
    public required string HashFormat { get; init; }

    /// <summary>The statement that finds out whether a query can be planned, without running it, <c>{0}</c> standing for the query.</summary>
    public required string ExplainFormat { get; init; }

    /// <summary>The query that has a text, given as a value, understood by the engine as one statement, without running it; null where the parser of this machine is the engine's own.</summary>
    public string? DescribeText { get; init; }

    /// <summary>How a view is created or replaced without losing who may read it, <c>{0}</c> standing for its name and <c>{1}</c> for its query.</summary>
    public required string CreateViewFormat { get; init; }

    /// <summary>The statement that begins a transaction which reads one state of the warehouse and writes nothing, as far as the engine can promise that.</summary>
    public required string BeginRead { get; init; }

    /// <summary>
    /// How long a run may hold the lock without a sign of life; null where a holder in another process is known to be dead, because the
    /// engine lets only one process in.
    /// </summary>
    public TimeSpan? LockLease { get; init; }

    /// <summary>How the engine writes files by itself; null where it has no stages.</summary>
    public StageDialect? Stages { get; init; }

    /// <summary>The statement that brings a file of tables within reach, <c>{0}</c> standing for the file and <c>{1}</c> for the name it gets; null where that cannot be.</summary>
    public string? AttachFormat { get; init; }

    /// <summary>The statement that lets such a file go, <c>{0}</c> standing for its name.</summary>
    public string? DetachFormat { get; init; }

    /// <summary>The statement that bounds the engine's memory, <c>{0}</c> standing for megabytes; null where the engine's memory is not this machine's.</summary>
    public string? BoundMemoryFormat { get; init; }

    /// <summary>The statement that takes the bound away again.</summary>
    public string? UnboundMemory { get; init; }

    /// <summary>The statement after which each session works on one core; null where the engine's cores are not this machine's.</summary>
    public string? OneThreadEach { get; init; }

    /// <summary>The statement after which a session uses all cores again.</summary>
    public string? AllThreads { get; init; }

    /// <summary>DuckDB.</summary>
    public static SqlDialect DuckDb { get; } = new()
    {
        Engine = "DuckDB",
        TimestampType = "TIMESTAMP",
        StoredTypes = new Dictionary<DataType, string>(),
        NarrowerTypes = new Dictionary<DataType, string>
        {
            [DataType.BigInt] = "^(TINYINT|SMALLINT|INTEGER)$",
            [DataType.Integer] = "^(TINYINT|SMALLINT)$",
        },
        HasStoredOrder = true,
        ReadsFiles = true,
        ListsAllDatabases = true,
        Sha256Format = "SHA256({0})",
        // The cast to TIMESTAMP WITH TIME ZONE asks a calendar for each value, and takes longer than writing the file.
        UtcTimestampFormat = "MAKE_TIMESTAMPTZ(EPOCH_US({0}))",
        HashFormat = $"CAST(HASH({{0}}) % {long.MaxValue} AS BIGINT)",
        CreateViewFormat = "CREATE OR REPLACE VIEW {0} AS {1}",
        ExplainFormat = "EXPLAIN {0}",
        BeginRead = "BEGIN TRANSACTION READ ONLY",
        AttachFormat = "ATTACH IF NOT EXISTS {0} AS {1} (READ_ONLY)",
        DetachFormat = "DETACH DATABASE IF EXISTS {0}",
        BoundMemoryFormat = "SET memory_limit = '{0}MB'",
        UnboundMemory = "RESET memory_limit",
        OneThreadEach = "SET threads = 1",
        AllThreads = "RESET threads",
    };

    /// <summary>Snowflake. Whole numbers of any width are one type there, and a statement sees what was committed before it began.</summary>
    public static SqlDialect Snowflake { get; } = new()
    {
        Engine = "Snowflake",
        TimestampType = "TIMESTAMP_NTZ",
        StoredTypes = new Dictionary<DataType, string>
        {
            [DataType.BigInt] = "NUMBER(38,0)",
            [DataType.Integer] = "NUMBER(38,0)",
            [DataType.Decimal] = "NUMBER({0},{1})",
            [DataType.Varchar] = "TEXT",
        },
        NarrowerTypes = new Dictionary<DataType, string>
        {
            [DataType.BigInt] = @"^NUMBER\([0-9]+,0\)$",
            [DataType.Integer] = @"^NUMBER\([0-9]+,0\)$",
        },
        HasStoredOrder = false,
        ReadsFiles = false,
        ListsAllDatabases = false,
        Sha256Format = "SHA2({0}, 256)",
        UtcTimestampFormat = "CAST({0} AS TIMESTAMPTZ)",
        HashFormat = "HASH({0})",
        CreateViewFormat = "CREATE OR REPLACE VIEW {0} COPY GRANTS AS {1}",
        ExplainFormat = "EXPLAIN USING TEXT {0}",
        DescribeText = "SELECT SYSTEM$EXPLAIN_PLAN_JSON(?)",
        BeginRead = "BEGIN TRANSACTION",
        LockLease = TimeSpan.FromMinutes(5),
        Stages = new StageDialect
        {
            DescribeFormat = "DESCRIBE STAGE {0}",
            ListFormat = "LIST {0}",
            // Parquet is not among them: Snowflake refuses to write times with a zone into it, and a manifest says that they have one. JSON takes one column, whose names it sorts.
            UnloadFormats = new Dictionary<DeliveryFormat, string>
            {
                [DeliveryFormat.Csv] = """
                    COPY INTO {0} FROM (
                    {1}
                    )
                    FILE_FORMAT = (TYPE = CSV COMPRESSION = {2} FIELD_OPTIONALLY_ENCLOSED_BY = '"' ESCAPE_UNENCLOSED_FIELD = NONE NULL_IF = ({3})
                        DATE_FORMAT = 'YYYY-MM-DD' TIMESTAMP_FORMAT = 'YYYY-MM-DD"T"HH24:MI:SS.FF6"Z"')
                    HEADER = TRUE SINGLE = TRUE OVERWRITE = TRUE MAX_FILE_SIZE = 5368709120
                    """,
            },
            S3Schemes = ["s3://", "s3compat://", "s3gov://", "s3china://"],
            Backslash = @"\\",
        },
    };

    /// <summary>The SHA-256 of a text.</summary>
    /// <param name="text">SQL of the text.</param>
    /// <returns>SQL of the hash, hexadecimal in lower case.</returns>
    public string Sha256(string text) => Format(Sha256Format, text);

    /// <summary>A hash of values: equal for equal values, and for others about once in 2^63 times.</summary>
    /// <param name="values">SQL of the values, separated by commas.</param>
    /// <returns>SQL of the hash, a signed integer of 64 bits. Each engine has its own.</returns>
    public string Hash(string values) => Format(HashFormat, values);

    /// <summary>A timestamp without zone, which is UTC, as one with a zone.</summary>
    /// <param name="timestamp">SQL of the timestamp.</param>
    /// <returns>SQL of a TIMESTAMP WITH TIME ZONE.</returns>
    public string UtcTimestamp(string timestamp) => Format(UtcTimestampFormat, timestamp);

    /// <summary>Creates a view, or replaces it and keeps who may read it.</summary>
    /// <param name="name">The view.</param>
    /// <param name="query">Its query.</param>
    /// <returns>The statement.</returns>
    public string CreateView(TableName name, string query) => Format(CreateViewFormat, name, query);

    /// <summary>Finds out whether a query can be planned: every engine can be asked that of a query, not each of every other statement.</summary>
    /// <param name="query">The query.</param>
    /// <returns>The statement; it is refused where the query cannot be planned.</returns>
    public string Explain(string query) => Format(ExplainFormat, query);

    /// <summary>Whether every value of a stored type is one of the declared type.</summary>
    /// <param name="declared">The declared type.</param>
    /// <param name="stored">The stored type, as the engine names it.</param>
    /// <returns>True for the type itself and for narrower integers.</returns>
    public bool Holds(ColumnType declared, string stored) => IsStoredAs(declared, stored)
        || (NarrowerTypes.TryGetValue(declared.DataType, out var narrower) && Regex.IsMatch(stored, narrower, RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1)));

    /// <summary>Whether a column of a declared type is stored as a type.</summary>
    /// <param name="declared">The declared type.</param>
    /// <param name="stored">The stored type, as the engine names it; null where there is no such column.</param>
    /// <returns>True for the type itself.</returns>
    public bool IsStoredAs(ColumnType declared, string? stored) => string.Equals(stored, StoredTypeName(declared), StringComparison.OrdinalIgnoreCase);

    /// <summary>The type as this engine's DDL writes it.</summary>
    /// <param name="type">The declared type.</param>
    /// <returns>The SQL text.</returns>
    public string TypeName(ColumnType type) => type.DataType == DataType.Timestamp ? TimestampType : type.ToString();

    /// <summary>The type as this engine's information schema calls it.</summary>
    /// <param name="type">The declared type.</param>
    /// <returns>The name, with precision and scale where the type has them.</returns>
    public string StoredTypeName(ColumnType type) => StoredTypes.TryGetValue(type.DataType, out var format) ? Format(format, type.Precision, type.Scale) : TypeName(type);

    private static string Format(string format, params object[] values) => string.Format(CultureInfo.InvariantCulture, format, values);
}
