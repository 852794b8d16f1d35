namespace LoyaltyPipeline.Core.Deployment;

/// <summary>What a deployment script is for. Names are as SQL writes them.</summary>
/// <param name="Database">The database of Snowflake that holds the schemas.</param>
/// <param name="VirtualWarehouse">The virtual warehouse of Snowflake that does the work.</param>
/// <param name="IncludeSources">Whether the source tables are made too; else others keep them.</param>
public sealed record DeploymentTarget(string Database = "ANALYTICS", string VirtualWarehouse = "LOYALTY_WH", bool IncludeSources = false);
