using LoyaltyPipeline.SnowflakeSupport.Translation;

namespace LoyaltyPipeline.SnowflakeSupport.Statements;

/// <summary>
/// DDL of what the server does not keep: roles, grants, warehouses, policies, integrations, tasks. It is accepted and changes nothing.
/// </summary>
internal sealed class AdministrativeStatement : DdlStatement
{
    private static readonly string[] Kinds =
    [
        "ROLE", "USER", "WAREHOUSE", "MASKING", "ROW", "TAG", "STORAGE", "NOTIFICATION", "FILE", "TASK", "RESOURCE", "NETWORK",
        "AUTHENTICATION", "PASSWORD", "SESSION", "SEQUENCE", "ALERT", "ACCOUNT",
        "DATABASE", "SCHEMA", "STAGE", "STREAM", "PIPE",
    ];

    /// <summary>Whether the server accepts DDL of a kind of object.</summary>
    public static bool Knows(Token kind) => kind.Is(Kinds);

    protected override string Apply(StatementContext context) => "Statement executed successfully.";
}
