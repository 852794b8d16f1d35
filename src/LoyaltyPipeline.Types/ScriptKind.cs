namespace LoyaltyPipeline;

/// <summary>The languages of files that can be published under other names.</summary>
public enum ScriptKind
{
    /// <summary>SQL.</summary>
    Sql,

    /// <summary>YAML.</summary>
    Yaml,

    /// <summary>Markdown; code in it is taken as its fence says.</summary>
    Markdown,

    /// <summary>CSV with a header.</summary>
    Csv,

    /// <summary>PowerShell.</summary>
    PowerShell,
}
