using LoyaltyPipeline.Core.Catalog;

namespace LoyaltyPipeline.Core.Engines.DuckDb;

/// <summary>DuckDB.</summary>
internal sealed class DuckDbDialect : SqlDialect
{
    /// <summary>Name of the engine.</summary>
    public const string Name = "DuckDB";

    private DuckDbDialect()
    {
    }

    public static DuckDbDialect Instance { get; } = new();

    public override string Engine => Name;

    public override string TimestampType => "TIMESTAMP";

    public override bool HasStoredOrder => true;

    public override bool ReadsFiles => true;

    public override bool ListsAllDatabases => true;

    public override bool CallsFunctions => true;

    public override string ParameterPrefix => "$";

    public override string EnterSchema => $"USE {DuckDbDatabase.AttachedName}.{LoyaltyCatalog.WarehouseSchema}";

    public override string BeginRead => "BEGIN TRANSACTION READ ONLY";

    public override string UnboundMemory => "RESET memory_limit";

    public override string OneThreadEach => "SET threads = 1";

    public override string AllThreads => "RESET threads";

    public override string Sha256(string text) => $"SHA256({text})";

    public override string HmacSha256(string inner, string outer, string text) => HmacOfBytes(inner, outer, $"ENCODE({text})");

    /// <summary>The HMAC-SHA256 of bytes.</summary>
    internal static string HmacOfBytes(string inner, string outer, string bytes) =>
        $"SHA256({outer} || UNHEX(SHA256({inner} || {bytes})))";

    public override string Hash(string values) => $"CAST(HASH({values}) % {long.MaxValue} AS BIGINT)";

    // The cast to TIMESTAMP WITH TIME ZONE asks a calendar for each value, and takes longer than writing the file.
    public override string UtcTimestamp(string timestamp) => $"MAKE_TIMESTAMPTZ(EPOCH_US({timestamp}))";

    public override string CreateView(TableName name, string query) => $"CREATE OR REPLACE VIEW {name} AS {query}";

    public override string Explain(string query) => $"EXPLAIN {query}";

    public override string Attach(string file, string name) => $"ATTACH IF NOT EXISTS {SqlText.Quote(file)} AS {name} (READ_ONLY)";

    public override string Detach(string name) => $"DETACH DATABASE IF EXISTS {name}";

    public override string BoundMemory(int megabytes) => $"SET memory_limit = '{megabytes}MB'";

    protected override bool IsNarrower(DataType declared, string stored) => declared switch
    {
        DataType.BigInt => stored is "TINYINT" or "SMALLINT" or "INTEGER",
        DataType.Integer => stored is "TINYINT" or "SMALLINT",
        _ => false,
    };
}
