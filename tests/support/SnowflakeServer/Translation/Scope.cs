namespace LoyaltyPipeline.SnowflakeSupport.Translation;

/// <summary>What is known between a pair of parentheses.</summary>
internal sealed class Scope
{
    /// <summary>Whether what is read belongs to FROM, so that a comma is followed by a table.</summary>
    public bool IsInFrom { get; set; }

    /// <summary>The function whose arguments these are; null where these are none.</summary>
    public string? Function { get; init; }

    /// <summary>The common table expression that ends here; null where none does.</summary>
    public string? Defines { get; init; }

    /// <summary>The common table expression whose definition comes next.</summary>
    public string? Pending { get; set; }

    /// <summary>The common table expressions that can be named here.</summary>
    public HashSet<string> CommonTables { get; init; } = new(StringComparer.Ordinal);

    /// <summary>A scope within this one.</summary>
    public Scope Within(string? function, string? defines) => new()
    {
        Function = function,
        Defines = defines,
        CommonTables = new HashSet<string>(CommonTables, StringComparer.Ordinal),
    };
}
