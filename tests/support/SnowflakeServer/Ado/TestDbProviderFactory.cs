using System.Data.Common;

namespace LoyaltyPipeline.SnowflakeSupport.Ado;

/// <summary>Makes connections to one server.</summary>
internal sealed class TestDbProviderFactory(SnowflakeEngine engine) : DbProviderFactory
{
    public override DbConnection CreateConnection() => new TestDbConnection(engine);

    public override DbCommand CreateCommand() => new TestDbCommand();

    public override DbParameter CreateParameter() => new TestDbParameter();

    public override DbConnectionStringBuilder CreateConnectionStringBuilder() => new();
}
