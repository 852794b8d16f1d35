using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Engines.Snowflake;
using LoyaltyPipeline.Core.Erasure;
using LoyaltyPipeline.Core.Redaction;

namespace LoyaltyPipeline.Core.Deployment;

/// <summary>
/// The deployment of a warehouse on Snowflake: roles, schema, grants, masking of personal data, and templates for what only the account
/// knows.
/// </summary>
internal sealed class SnowflakeDeployment(PipelineDefinition pipeline, DeploymentTarget target)
{
    private const string Writer = "LOYALTY_WRITER";
    private const string Reader = "LOYALTY_READER";
    private const string PersonalReader = "LOYALTY_PERSONAL_DATA_READER";

    private const string Tag = $"{LoyaltyCatalog.WarehouseSchema}.PERSONAL_DATA";

    private static readonly SnowflakeDialect Dialect = SnowflakeDialect.Instance;

    private IReadOnlyList<CatalogTable> Tables => target.IncludeSources ? pipeline.Catalog.Tables : pipeline.Catalog.OwnTables;

    private IEnumerable<string> Schemas => Tables.Select(table => table.Name.Schema).Distinct(StringComparer.Ordinal);

    /// <summary>Writes the parts of the script.</summary>
    /// <returns>The parts, in order.</returns>
    public IEnumerable<string> Write() =>
    [
        Head(),
        .. DeploymentScript.Schema(pipeline.Catalog, Dialect, target),
        MakeTag(),
        .. MaskingPolicies(),
        .. MaskedColumns(),
        .. Grants(),
        Templates(),
    ];

    private string Head() =>
        $"""
        -- Sets up the loyalty pipeline in {target.Database}. Run it as a role that may create roles and virtual warehouses.
        -- It can be run again, by a role that has been granted {Writer} too, which owns the tables then.
        -- {Writer} runs the pipeline. {Reader} reads, personal data masked. {PersonalReader}, granted in addition, reads personal data too.
        CREATE ROLE IF NOT EXISTS {Writer};
        CREATE ROLE IF NOT EXISTS {Reader};
        CREATE ROLE IF NOT EXISTS {PersonalReader};
        CREATE WAREHOUSE IF NOT EXISTS {target.VirtualWarehouse}
            WITH WAREHOUSE_SIZE = 'XSMALL' AUTO_SUSPEND = 60 AUTO_RESUME = TRUE INITIALLY_SUSPENDED = TRUE;
        CREATE DATABASE IF NOT EXISTS {target.Database};
        USE DATABASE {target.Database};
        """;

    private IEnumerable<string> Grants()
    {
        yield return $"""
            GRANT USAGE, OPERATE ON WAREHOUSE {target.VirtualWarehouse} TO ROLE {Writer};
            GRANT USAGE ON WAREHOUSE {target.VirtualWarehouse} TO ROLE {Reader};
            GRANT USAGE ON DATABASE {target.Database} TO ROLE {Writer};
            GRANT USAGE ON DATABASE {target.Database} TO ROLE {Reader};
            """;
        foreach (var schema in Schemas)
        {
            yield return $"""
                GRANT USAGE, CREATE TABLE, CREATE VIEW ON SCHEMA {schema} TO ROLE {Writer};
                GRANT OWNERSHIP ON ALL TABLES IN SCHEMA {schema} TO ROLE {Writer} COPY CURRENT GRANTS;
                GRANT OWNERSHIP ON ALL VIEWS IN SCHEMA {schema} TO ROLE {Writer} COPY CURRENT GRANTS;
                """;
        }

        yield return $"""
            GRANT USAGE ON SCHEMA {LoyaltyCatalog.WarehouseSchema} TO ROLE {Reader};
            GRANT SELECT ON ALL VIEWS IN SCHEMA {LoyaltyCatalog.WarehouseSchema} TO ROLE {Reader};
            """;
        // All at once would give readers the key of erasures too, until it is taken from them again.
        foreach (var table in pipeline.Catalog.OwnTables.Where(table => table.Kind != TableKind.View && $"{table}" != ErasedUsers.KeyTable))
            yield return $"GRANT SELECT ON TABLE {table} TO ROLE {Reader};";
        // A merge that adds a column of personal data adds it masked.
        foreach (var kind in Masked().Select(masked => masked.Column.PersonalData).Distinct())
            yield return $"GRANT APPLY ON MASKING POLICY {PolicyOf(kind)} TO ROLE {Writer};";
    }

    private static string MakeTag() =>
        $"CREATE TAG IF NOT EXISTS {Tag} ALLOWED_VALUES "
            + $"{SqlText.List(Enum.GetValues<PersonalData>().Where(IsPersonal).Select(TagValue))};";

    // What the pipeline itself reads must be as it is; what it delivers it redacts as the consumer's policy says. A policy that columns have
    // cannot be replaced, only get another body; until it has one, it shows nothing.
    private IEnumerable<string> MaskingPolicies() => Masked().Select(masked => masked.Column.PersonalData).Distinct().Select(kind =>
        $"""
        CREATE MASKING POLICY IF NOT EXISTS {PolicyOf(kind)} AS (CELL VARCHAR) RETURNS VARCHAR -> {SqlText.Quote(PersonalDataMask.Masked)};
        ALTER MASKING POLICY {PolicyOf(kind)} SET BODY ->
            CASE
                WHEN IS_ROLE_IN_SESSION('{Writer}') OR IS_ROLE_IN_SESSION('{PersonalReader}') THEN CELL
                ELSE {Shown(kind)}
            END;
        """);

    // Where a newer catalog has more of them, they are there before anything can be written into them, and masked.
    private IEnumerable<string> MaskedColumns() =>
        from masked in Masked()
        let column = masked.Column.Name
        let policy = PolicyOf(masked.Column.PersonalData)
        select $"""
            ALTER TABLE {masked.Table} ADD COLUMN IF NOT EXISTS {column} VARCHAR;
            ALTER TABLE {masked.Table} MODIFY COLUMN {column} SET MASKING POLICY {policy} FORCE;
            ALTER TABLE {masked.Table} MODIFY COLUMN {column} SET TAG {Tag} = {TagValue(masked.Column.PersonalData)};
            """;

    // A view shows what its tables show.
    private IEnumerable<(CatalogTable Table, CatalogColumn Column)> Masked() => Tables.Where(table => table.Kind != TableKind.View)
        .SelectMany(table => table.Columns.Where(column => IsPersonal(column.PersonalData)).Select(column => (table, column)));

    private string Templates() =>
        $"""
        -- To be completed by hand, where they are wanted; <…> stands for what only the account knows.
        --
        -- A stage at the destination of a consumer. Snowflake writes the consumer's files itself where pipeline.yml says of it
        -- destination: s3://<bucket>/<folder> and stage: '@MARKETING_STAGE'. The role of the storage integration lists, reads,
        -- writes and deletes objects there.
        -- CREATE STORAGE INTEGRATION LOYALTY_DELIVERY TYPE = EXTERNAL_STAGE STORAGE_PROVIDER = 'S3' ENABLED = TRUE
        --     STORAGE_AWS_ROLE_ARN = '<arn of the role>' STORAGE_ALLOWED_LOCATIONS = ('s3://<bucket>/<folder>/');
        -- CREATE STAGE IF NOT EXISTS {LoyaltyCatalog.WarehouseSchema}.MARKETING_STAGE
        --     URL = 's3://<bucket>/<folder>/' STORAGE_INTEGRATION = LOYALTY_DELIVERY;
        -- GRANT USAGE ON STAGE {LoyaltyCatalog.WarehouseSchema}.MARKETING_STAGE TO ROLE {Writer};
        --
        -- A task that forgets results of checks after 400 days:
        -- CREATE TASK IF NOT EXISTS {LoyaltyCatalog.WarehouseSchema}.FORGET_CHECK_RESULTS
        --     WAREHOUSE = {target.VirtualWarehouse} SCHEDULE = 'USING CRON 0 3 * * 0 UTC'
        --     AS DELETE FROM {LoyaltyCatalog.WarehouseSchema}.CHECK_RESULT WHERE CHECKED_AT < DATEADD('day', -400, SYSDATE());
        -- ALTER TASK {LoyaltyCatalog.WarehouseSchema}.FORGET_CHECK_RESULTS RESUME;
        """;

    private static bool IsPersonal(PersonalData kind) => kind != PersonalData.None;

    private static string PolicyOf(PersonalData kind) => Dialect.MaskingPolicy(kind);

    private static string TagValue(PersonalData kind) => SqlText.Quote(kind.ToString().ToLowerInvariant());

    private string Shown(PersonalData kind) =>
        new ColumnRedaction(Dialect, MethodOf(kind), kind, "CELL") { Hashing = pipeline.Config.ReaderRedaction.Hashing }.Redacted;

    // A column cannot be left out of a table.
    private RedactionMethod MethodOf(PersonalData kind) =>
        pipeline.Config.ReaderRedaction.For(kind) is var method && method == RedactionMethod.Drop ? RedactionMethod.Mask : method;
}
