using System.Globalization;
using LoyaltyPipeline.Core.Catalog;

namespace LoyaltyPipeline.Core.Engines.Snowflake;

/// <summary>Snowflake. Whole numbers of any width are one type there, and a statement sees what was committed before it began.</summary>
internal sealed class SnowflakeDialect : SqlDialect
{
    /// <summary>Name of the engine.</summary>
    public const string Name = "Snowflake";

    private SnowflakeDialect()
    {
    }

    public static SnowflakeDialect Instance { get; } = new();

    public override string Engine => Name;

    public override string TimestampType => "TIMESTAMP_NTZ";

    public override bool HasStoredOrder => false;

    public override bool ReadsFiles => false;

    public override bool ListsAllDatabases => false;

    public override TimeSpan? LockLease => TimeSpan.FromMinutes(5);

    public override StageDialect Stages { get; } = new SnowflakeStages();

    public override string DescribeText => "SELECT SYSTEM$EXPLAIN_PLAN_JSON(?)";

    public override string BeginRead => "BEGIN TRANSACTION";

    public override string Sha256(string text) => $"SHA2({text}, 256)";

    public override string MaskingPolicy(PersonalData kind) =>
        $"{LoyaltyCatalog.WarehouseSchema}.MASK_{kind.ToString().ToUpperInvariant()}";

    public override string Hash(string values) => $"HASH({values})";

    public override string UtcTimestamp(string timestamp) => $"CAST({timestamp} AS TIMESTAMPTZ)";

    public override string CreateView(TableName name, string query) => $"CREATE OR REPLACE VIEW {name} COPY GRANTS AS {query}";

    public override string Explain(string query) => $"EXPLAIN USING TEXT {query}";

    public override string StoredTypeName(ColumnType type) => type.DataType switch
    {
        DataType.BigInt or DataType.Integer => "NUMBER(38,0)",
        DataType.Decimal => string.Create(CultureInfo.InvariantCulture, $"NUMBER({type.Precision},{type.Scale})"),
        DataType.Varchar => "TEXT",
        _ => TypeName(type),
    };

    protected override bool IsNarrower(DataType declared, string stored) =>
        declared is DataType.BigInt or DataType.Integer && stored.StartsWith("NUMBER(", StringComparison.Ordinal)
            && stored.EndsWith(",0)", StringComparison.Ordinal);
}
