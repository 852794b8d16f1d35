namespace LoyaltyPipeline.Loading;

/// <summary>Where the parts of the module lie, relative to this assembly in <c>module/</c>.</summary>
internal static class ModuleLayout
{
    private static readonly string ModuleFolder = Path.GetDirectoryName(typeof(ModuleLayout).Assembly.Location)!;

    /// <summary>The folder with <c>catalog.yml</c> and <c>Master_Table.sql</c>.</summary>
    public static string SqlFolder { get; } = Path.GetFullPath("../sql", ModuleFolder);

    /// <summary>The JSON Schema of <c>pipeline.yml</c>.</summary>
    public static string ConfigSchema { get; } = Path.Combine(ModuleFolder, "schemas", "pipeline.schema.json");

    /// <summary>What scheduled jobs start.</summary>
    public static string DailyScript { get; } = Path.Combine(ModuleFolder, "pipelines", "Daily.ps1");

    /// <summary>Core, beside everything it needs.</summary>
    public static string CoreAssembly { get; } = Path.Combine(ModuleFolder, "deps", $"{CoreLoadContext.CoreName}.dll");
}
