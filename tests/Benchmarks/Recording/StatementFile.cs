using System.Text.Json;

namespace LoyaltyPipeline.Benchmarks.Recording;

/// <summary>Recorded statements on disk.</summary>
internal static class StatementFile
{
    public static void Write(string path, IReadOnlyList<RecordedStatement> statements) =>
        File.WriteAllText(path, JsonSerializer.Serialize(statements));

    public static IReadOnlyList<RecordedStatement> Read(string path) =>
        JsonSerializer.Deserialize<List<RecordedStatement>>(File.ReadAllText(path))!;
}
