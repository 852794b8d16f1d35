using LoyaltyPipeline.Core.Files;
using LoyaltyPipeline.Core.Tests.Samples;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Files;

/// <summary>Folders of work at hand: nobody else's to read, gone afterwards, and removed for a process that was killed.</summary>
public sealed class ScratchFolderTests : IDisposable
{
    private readonly TemporaryFolder _parent = new();

    [Fact]
    public void It_is_gone_with_what_is_in_it()
    {
        using (var scratch = ScratchFolder.In(_parent.Path, "test"))
        {
            Directory.CreateDirectory(Path.Combine(scratch.Path, "deep"));
            File.WriteAllText(Path.Combine(scratch.Path, "deep", "file"), "x");
            Assert.Equal([scratch.Path], Left());
        }

        Assert.Empty(Left());
    }

    [Fact]
    public void Nobody_else_can_read_it()
    {
        const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no modes of files.");
        using var scratch = ScratchFolder.In(_parent.Path, "test");
        var path = Path.Combine(_parent.Path, "destination", "private");
        ScratchFolder.CreatePrivate(path);
        ScratchFolder.CreatePrivate(path);

        Assert.Equal((Own, Own), (new DirectoryInfo(scratch.Path).UnixFileMode, new DirectoryInfo(path).UnixFileMode));
        Assert.NotEqual(Own, new DirectoryInfo(Path.GetDirectoryName(path)!).UnixFileMode);
    }

    [Fact]
    public void One_that_is_in_use_stays()
    {
        using var first = ScratchFolder.In(_parent.Path, "test");
        using (var second = ScratchFolder.In(_parent.Path, "test"))
            Assert.Equal(2, Left().Count());

        Assert.Equal([first.Path], Left());
    }

    [Fact]
    public void One_that_nobody_uses_any_more_is_removed_by_the_next_of_its_kind()
    {
        // What a killed process leaves: its lock is gone with it, its files are not.
        var abandoned = Directory.CreateDirectory(Path.Combine(_parent.Path, ".loyalty-test-1"));
        File.WriteAllText(Path.Combine(abandoned.FullName, "in-use"), string.Empty);
        File.WriteAllText(Path.Combine(abandoned.FullName, "0-USER_PROFILE.csv"), "USER_ID\n1\n");
        // One that is just being made has no lock yet.
        var begun = Directory.CreateDirectory(Path.Combine(_parent.Path, ".loyalty-test-2")).FullName;

        using (var other = ScratchFolder.In(_parent.Path, "other"))
            Assert.Equal(3, Left().Count());
        using (var next = ScratchFolder.In(_parent.Path, "test"))
            Assert.Equal(new[] { begun, next.Path }.Order(StringComparer.Ordinal), Left().Order(StringComparer.Ordinal));
    }

    public void Dispose() => _parent.Dispose();

    private IEnumerable<string> Left() => Directory.EnumerateFileSystemEntries(_parent.Path);
}
