using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines.Snowflake;
using LoyaltyPipeline.Core.Erasure;
using LoyaltyPipeline.Core.Redaction;

namespace LoyaltyPipeline.Core.Deployment;

/// <summary>
/// The deployment of a warehouse on Snowflake: roles, schema, grants, masking of personal data, and templates for what only the account
/// knows.
/// </summary>
internal sealed class SnowflakeDeployment(LoyaltyCatalog catalog, DeploymentTarget target)
{
    private const string Writer = "LOYALTY_WRITER";
    private const string Reader = "LOYALTY_READER";
    private const string PersonalReader = "LOYALTY_PERSONAL_DATA_READER";

    private IReadOnlyList<CatalogTable> Tables => target.IncludeSources ? catalog.Tables : catalog.OwnTables;

    private IEnumerable<string> Schemas => Tables.Select(table => table.Name.Schema).Distinct(StringComparer.Ordinal);

    /// <summary>Writes the parts of the script.</summary>
    /// <returns>The parts, in order.</returns>
    public IEnumerable<string> Write() =>
    [
        Head(),
        .. DeploymentScript.Schema(catalog, SnowflakeDialect.Instance, target),
        .. Grants(),
        .. MaskingPolicies(),
        .. MaskedColumns(),
        Templates(),
    ];

    private string Head() =>
        $"""
        -- Sets up the loyalty pipeline in {target.Database}. Run it as a role that may create roles and virtual warehouses; it can be run again.
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
            GRANT SELECT ON ALL TABLES IN SCHEMA {LoyaltyCatalog.WarehouseSchema} TO ROLE {Reader};
            GRANT SELECT ON ALL VIEWS IN SCHEMA {LoyaltyCatalog.WarehouseSchema} TO ROLE {Reader};
            REVOKE SELECT ON TABLE {ErasedUsers.KeyTable} FROM ROLE {Reader};
            """;
    }

    // What the pipeline itself reads must be as it is; what it delivers it redacts as the consumer's policy says.
    private IEnumerable<string> MaskingPolicies() => Masked().Select(masked => masked.Column.PersonalData).Distinct().Select(kind =>
        $"""
        CREATE MASKING POLICY IF NOT EXISTS {PolicyOf(kind)} AS (CELL VARCHAR) RETURNS VARCHAR ->
            CASE
                WHEN IS_ROLE_IN_SESSION('{Writer}') OR IS_ROLE_IN_SESSION('{PersonalReader}') THEN CELL
                ELSE {new ColumnRedaction(SnowflakeDialect.Instance, MethodOf(kind), kind, "CELL").Redacted}
            END;
        """);

    private IEnumerable<string> MaskedColumns() => Masked().Select(masked =>
        $"ALTER TABLE {masked.Table} MODIFY COLUMN {masked.Column.Name} SET MASKING POLICY {PolicyOf(masked.Column.PersonalData)} FORCE;");

    // A view shows what its tables show.
    private IEnumerable<(CatalogTable Table, CatalogColumn Column)> Masked() => Tables.Where(table => table.Kind != TableKind.View)
        .SelectMany(table => table.Columns.Where(column => column.PersonalData != PersonalData.None).Select(column => (table, column)));

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

    private static string PolicyOf(PersonalData kind) => $"{LoyaltyCatalog.WarehouseSchema}.MASK_{kind.ToString().ToUpperInvariant()}";

    // A column cannot be left out of a table.
    private static RedactionMethod MethodOf(PersonalData kind) =>
        new RedactionPolicy().For(kind) is var method && method == RedactionMethod.Drop ? RedactionMethod.Mask : method;
}
