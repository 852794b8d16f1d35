using System.Text.RegularExpressions;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Architecture;

/// <summary>Files are moved, replaced and removed in one place, which knows what to do where another program has one open.</summary>
public sealed partial class OnePlaceTests
{
    [Fact]
    public void Nothing_else_moves_replaces_or_removes_files()
    {
        var elsewhere = from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
                        where !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
                            && Path.GetFileName(file) != "PatientFiles.cs"
                        // A program of the build, not of the product.
                        where !file.Contains("LoyaltyPipeline.HelpWriter", StringComparison.Ordinal)
                        from line in File.ReadLines(file)
                        where Change().IsMatch(line)
                        select $"{Path.GetFileName(file)}: {line.Trim()}";

        Assert.Empty(elsewhere);
    }

    [Theory]
    [InlineData("File.Move(a, b);", true)]
    [InlineData("File.Replace(a, b, c);", true)]
    [InlineData("System.IO.File.Delete(a);", true)]
    [InlineData("list.ForEach(File.Delete);", true)]
    [InlineData("Directory.Delete(a, recursive: true);", true)]
    [InlineData("new FileInfo(a).Delete();", true)]
    [InlineData("folder.Delete(recursive: true);", true)]
    [InlineData("file.MoveTo(b);", true)]
    [InlineData("PatientFiles.Delete(a);", false)]
    [InlineData("PatientFiles.Move(a, b);", false)]
    [InlineData("await store.DeleteAsync([key], cancellationToken);", false)]
    [InlineData("text.Replace('a', 'b');", false)]
    public void It_is_seen(string line, bool isSeen) => Assert.Equal(isSeen, Change().IsMatch(line));

    [GeneratedRegex(
        @"(?<!\w)(File|Directory)\.(Move|Replace|Delete)\b|(?<!\bPatientFiles)\.(Delete|MoveTo)\(",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Change();
}
