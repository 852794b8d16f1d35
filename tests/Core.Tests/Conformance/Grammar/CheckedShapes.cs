using System.Security.Cryptography;
using System.Text;
using LoyaltyPipeline.Core.Tests.Support;

namespace LoyaltyPipeline.Core.Tests.Conformance.Grammar;

/// <summary>
/// The shapes of statements that sqlfluff has found to be Snowflake's grammar, as hashes in a file beside this one. They need not be asked
/// about again, which takes minutes; at full depth all are, and the file is written anew.
/// </summary>
internal sealed class CheckedShapes
{
    private static readonly string ListFile = Path.Combine(
        Repository.Root, "tests", "Core.Tests", "Conformance", "Grammar", "checked-shapes.txt");

    private readonly HashSet<string> _hashes;

    private CheckedShapes(IEnumerable<string> hashes) => _hashes = new HashSet<string>(hashes, StringComparer.Ordinal);

    // What was found by another version, or with other exceptions, says nothing.
    private static string Judge =>
        $"sqlfluff {Sqlfluff.Version}, rule {Sqlfluff.Rule}, exceptions {Hash(string.Join('\n', UnknownGrammar.All.Select(unknown => $"{unknown.Pattern} {unknown.Known}")))}";

    /// <summary>Reads the file.</summary>
    /// <returns>What it says; nothing at full depth.</returns>
    public static CheckedShapes Read()
    {
        var lines = TestDepth.IsFull || !File.Exists(ListFile) ? [] : File.ReadAllLines(ListFile);
        return new CheckedShapes(lines is [var judge, ..] && judge == Judge ? lines[1..] : []);
    }

    /// <summary>Writes the file, for the runs to come.</summary>
    /// <param name="shapes">All shapes there are now, every one of them checked.</param>
    public static void Write(IEnumerable<string> shapes) =>
        File.WriteAllText(
            ListFile,
            string.Concat(
                shapes.Select(Hash).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Prepend(Judge)
                    .Select(line => $"{line}\n")));

    /// <summary>Whether sqlfluff has accepted a shape.</summary>
    public bool Contains(string shape) => _hashes.Contains(Hash(shape));

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
}
