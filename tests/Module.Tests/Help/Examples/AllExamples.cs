namespace LoyaltyPipeline.Module.Tests.Help.Examples;

/// <summary>Every example that there is. New ones are found by themselves.</summary>
internal static class AllExamples
{
    private static readonly Lazy<IReadOnlyDictionary<string, Example>> Found = new(() =>
        MamlExamples.Find().Concat(ScriptExamples.Find()).Concat(MarkdownExamples.Find()).Concat(TopicExamples.Find())
            .ToDictionary(
                example => example.Name + (example.Language == ExampleLanguage.Configuration ? " (configuration)" : string.Empty),
                StringComparer.Ordinal));

    /// <summary>Examples by their names.</summary>
    public static IReadOnlyDictionary<string, Example> ByName => Found.Value;
}
