using LoyaltyPipeline.SnowflakeSupport.Errors;

namespace LoyaltyPipeline.SnowflakeSupport.Statements;

/// <summary>
/// CREATE, ALTER and DROP MASKING POLICY. Which policies there are is kept, and not what they say: they mask nothing here.
/// </summary>
/// <param name="verb">CREATE, ALTER or DROP.</param>
/// <param name="isLenient">Whether it is no error that the policy is there already, or is not there.</param>
internal sealed class MaskingPolicyStatement(string verb, IReadOnlyList<string> name, bool isLenient) : DdlStatement
{
    /// <summary>Reads what follows MASKING.</summary>
    public static MaskingPolicyStatement Parse(string verb, CreateOptions? options, TokenReader reader)
    {
        reader.Expect("POLICY");
        var isLenient = options?.Replaces == true || reader.TryTake("IF", "EXISTS") || reader.TryTake("IF", "NOT", "EXISTS");
        return new MaskingPolicyStatement(verb, reader.TakeName(), isLenient);
    }

    /// <summary>Refuses a policy that is not there.</summary>
    public static void Demand(StatementContext context, IReadOnlyList<string> name)
    {
        if (!context.Engine.MaskingPolicies.ContainsKey(FullName(context, name)))
            throw SnowflakeError.NoObject("Masking policy", string.Join('.', name));
    }

    protected override string Apply(StatementContext context)
    {
        var policies = context.Engine.MaskingPolicies;
        var policy = FullName(context, name);
        if (verb == "CREATE" && !policies.TryAdd(policy, true) && !isLenient)
            throw SnowflakeError.AlreadyExists(policy);
        if (verb != "CREATE" && !isLenient)
            Demand(context, name);
        if (verb == "DROP")
            policies.TryRemove(policy, out _);
        return "Statement executed successfully.";
    }

    private static string FullName(StatementContext context, IReadOnlyList<string> name)
    {
        var found = context.Session.Resolve(name);
        return $"{found.Database}.{found.Schema}.{found.Name}";
    }
}
