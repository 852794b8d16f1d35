using System.Diagnostics;
using LoyaltyPipeline.Core.Files;
using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.Core.Tests.SyntheticData;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Files;

/// <summary>What lies at a path and where links lead, told without opening anything.</summary>
public sealed class PathTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Unix("Pipes and devices have no place in a folder there.", Linux = true)]
    public void What_lies_at_a_path_is_told_through_links()
    {
        Directory.CreateDirectory(At("folder"));
        File.WriteAllText(At("file"), "x");
        MakePipe(At("pipe"));
        foreach (var (name, target) in new[] { ("to-file", "file"), ("to-folder", At("folder")), ("to-zero", "/dev/zero"),
            ("to-pipe", "pipe"), ("to-nothing", "none"), ("to-itself", "to-itself"), ("to-link", "to-zero") })
            SymbolicLink.ToFile(At(name), target);
        string[] expected =
        [
            "file File", "folder Folder", "pipe Special", "none Nothing", "file/below Nothing", "to-file File", "to-folder Folder",
            "to-zero Special", "to-pipe Special", "to-nothing BrokenLink",
            "to-itself BrokenLink", "to-link Special",
        ];

        Assert.Equal(expected, expected.Select(line => line.Split(' ')[0]).Select(name => $"{name} {FileFacts.KindOf(At(name))}"));
    }

    [Fact]
    public void A_path_leads_where_all_links_in_it_lead()
    {
        Directory.CreateDirectory(At("root/deep/deeper"));
        Directory.CreateDirectory(At("outside"));
        File.WriteAllText(At("root/deep/file"), "x");
        SymbolicLink.ToFile(At("alias"), "root");
        SymbolicLink.ToFile(At("root/up"), "../outside");
        SymbolicLink.ToFile(At("root/deep/deeper/round"), "../../../alias/deep");
        SymbolicLink.ToFile(At("root/far"), Path.Combine(At("outside"), "file"));
        SymbolicLink.ToFile(At("root/circle"), "circle");

        Assert.Equal(RealPath.Of(At("root/deep/file")), RealPath.Of(At("alias/deep/deeper/round/file")));
        Assert.Equal(Path.Combine(RealPath.Of(At("outside")), "new"), RealPath.Of(At("alias/up/new")));
        Assert.All(["root/deep/file", "root/deep/deeper/round/new"], path => Assert.True(RealPath.IsIn(At("alias"), At(path)), path));
        Assert.All(
            ["root/up/file", "root/far", "root/deep/../../outside", "root"],
            path => Assert.False(RealPath.IsIn(At("alias"), At(path)), path));
        Assert.False(RealPath.IsIn(At("root/deep"), At("root/deeper")));
        Assert.Throws<IOException>(() => RealPath.Of(At("root/circle")));
    }

    [Fact]
    public void A_file_is_the_same_under_another_name()
    {
        File.WriteAllText(At("one"), "x");
        SymbolicLink.ToFile(At("link"), "one");

        Assert.True(RealPath.IsSameFile(At("one"), At("link")));
    }

    [Fact]
    public void A_file_is_not_the_same_after_it_was_replaced()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsWindows(), "Files are told by their paths there.");
        File.WriteAllText(At("one"), "x");
        File.WriteAllText(At("other"), "x");
        var identity = FileFacts.IdentityOf(At("one"));

        Assert.False(RealPath.IsSameFile(At("one"), At("other")));
        File.Move(At("other"), At("one"), overwrite: true);
        Assert.NotNull(identity);
        Assert.NotEqual(identity, FileFacts.IdentityOf(At("one")));
        Assert.Null(FileFacts.IdentityOf(At("other")));
    }

    internal static void MakePipe(string path)
    {
        using var process = Process.Start("mkfifo", [path]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    private string At(string path) => Path.Combine(_folder.Path, path);
}
