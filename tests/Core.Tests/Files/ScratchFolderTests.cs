using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;
using LoyaltyPipeline.Core.Files;
using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.Core.Tests.SyntheticData;
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
    public void That_it_is_gone_already_is_no_failure()
    {
        var scratch = ScratchFolder.In(_parent.Path, "test");
        Directory.Delete(scratch.Path, recursive: true);
        scratch.Dispose();
        Assert.Empty(Left());
    }

    [Fact]
    [Unix("Windows has no modes of files.")]
    public void Nobody_else_can_read_it()
    {
        const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        using var scratch = ScratchFolder.In(_parent.Path, "test");
        var path = Path.Combine(_parent.Path, "destination", "private");
        PrivateFiles.CreateOwnFolder(path);
        PrivateFiles.CreateOwnFolder(path);

        Assert.Equal(
            (Own, Own, Own),
            (
                new DirectoryInfo(scratch.Path).UnixFileMode, new DirectoryInfo(path).UnixFileMode,
                new DirectoryInfo(Path.GetDirectoryName(path)!).UnixFileMode));
    }

    [Fact]
    public void On_Windows_it_is_its_owners_and_the_machines_and_hidden()
    {
        Assert.SkipUnless(OperatingSystem.IsWindows(), "Only Windows has lists of access.");
        using var scratch = ScratchFolder.In(_parent.Path, "test");
        if (!OperatingSystem.IsWindows())
            return;
        Assert.SkipUnless(KeepsAccess(), "Wine keeps no list of access as it was made.");
        AssertOwn(new DirectoryInfo(scratch.Path));
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

    [Fact]
    public void One_whose_removal_was_interrupted_is_removed_in_time()
    {
        // What a process leaves that is killed while it removes one, also what it left before the lock went last.
        var interrupted = Directory.CreateDirectory(Path.Combine(_parent.Path, ".loyalty-test-1"));
        File.WriteAllText(Path.Combine(interrupted.FullName, "0-USER_PROFILE.csv"), "USER_ID\n1\n");
        Directory.SetLastWriteTimeUtc(interrupted.FullName, DateTime.UtcNow.AddHours(-2));

        using var next = ScratchFolder.In(_parent.Path, "test");

        Assert.Equal([next.Path], Left());
    }

    [Fact]
    [Unix("A folder that may not be written can be there.")]
    public void The_lock_goes_last()
    {
        var scratch = ScratchFolder.In(_parent.Path, "test");
        var deep = Directory.CreateDirectory(Path.Combine(scratch.Path, "deep"));
        File.WriteAllText(Path.Combine(deep.FullName, "file"), "x");
        // Stands for being killed in the midst: what cannot be removed stops the removal.
        Assert.SkipUnless(Change("+i", Path.Combine(deep.FullName, "file")), "Files cannot be made immutable here.");
        try
        {
            scratch.Dispose();
            Assert.True(File.Exists(Path.Combine(scratch.Path, "in-use")));
        }
        finally
        {
            Change("-i", Path.Combine(deep.FullName, "file"));
        }

        using var next = ScratchFolder.In(_parent.Path, "test");
        Assert.Equal([next.Path], Left());
    }

    [Fact]
    [Unix("Folders cannot be made immutable there.")]
    public void What_cannot_be_removed_is_emptied_and_removed_by_the_next()
    {
        using var scratch = ScratchFolder.In(_parent.Path, "test");
        // Stands for what a scanner has open: it cannot be removed, and what comes after it can.
        var held = Directory.CreateDirectory(Path.Combine(scratch.Path, "a-held")).FullName;
        File.WriteAllText(Path.Combine(held, "0-USER_PROFILE.csv"), "USER_ID\n1\n");
        File.WriteAllText(Path.Combine(scratch.Path, "b-USER_PROFILE.csv"), "USER_ID\n1\n");
        Assert.SkipUnless(Change("+i", held), "Folders cannot be made immutable here.");
        try
        {
            scratch.Dispose();

            Assert.Equal(
                ["a-held", "a-held/0-USER_PROFILE.csv", "in-use"],
                Directory.EnumerateFileSystemEntries(scratch.Path, "*", SearchOption.AllDirectories)
                    .Select(path => Path.GetRelativePath(scratch.Path, path)).Order(StringComparer.Ordinal));
            Assert.Empty(File.ReadAllText(Path.Combine(held, "0-USER_PROFILE.csv")));
        }
        finally
        {
            Change("-i", held);
        }

        ScratchFolder.RemoveAbandoned(_parent.Path, "test");
        Assert.Empty(Left());
    }

    public void Dispose() => _parent.Dispose();

    private static bool Change(string attribute, string path)
    {
        using var process = System.Diagnostics.Process.Start("chattr", [attribute, path]);
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    [SupportedOSPlatform("windows")]
    private bool KeepsAccess()
    {
        var guests = new SecurityIdentifier(WellKnownSidType.BuiltinGuestsSid, domainSid: null);
        var folder = Directory.CreateDirectory(Path.Combine(_parent.Path, "guests"));
        var access = folder.GetAccessControl();
        access.AddAccessRule(new FileSystemAccessRule(guests, FileSystemRights.Read, AccessControlType.Allow));
        folder.SetAccessControl(access);
        return Allowed(folder).Contains(guests.Value);
    }

    [SupportedOSPlatform("windows")]
    private static HashSet<string> Allowed(DirectoryInfo folder) =>
        folder.GetAccessControl().GetAccessRules(includeExplicit: true, includeInherited: true, typeof(SecurityIdentifier))
            .Cast<FileSystemAccessRule>().Select(rule => rule.IdentityReference.Value).ToHashSet(StringComparer.Ordinal);

    [SupportedOSPlatform("windows")]
    private static void AssertOwn(DirectoryInfo folder)
    {
        using var account = WindowsIdentity.GetCurrent();

        Assert.Equal(new[] { account.User!.Value, "S-1-5-18", "S-1-5-32-544" }.ToHashSet(StringComparer.Ordinal), Allowed(folder));
        Assert.True(folder.GetAccessControl().AreAccessRulesProtected);
        Assert.True(folder.Attributes.HasFlag(FileAttributes.Hidden));
    }

    private IEnumerable<string> Left() => Directory.EnumerateFileSystemEntries(_parent.Path);
}
