using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Files;
using LoyaltyPipeline.Core.Outputs;
using LoyaltyPipeline.Core.Tests.SyntheticData;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Files;

/// <summary>
/// What another program has open is insisted on, and known by the number of the failure whatever the language of its words.
/// </summary>
public sealed class FilePatienceTests : IDisposable
{
    private const int SharingViolation = unchecked((int)0x80070020);
    private const int LockViolation = unchecked((int)0x80070021);
    private const string German = "Der Prozess kann nicht auf die Datei zugreifen, da sie von einem anderen Prozess verwendet wird.";

    private readonly TemporaryFolder _folder = new();

    private string Some => Path.Combine(_folder.Path, "latest.json");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(SharingViolation)]
    [InlineData(LockViolation)]
    public void What_is_held_for_a_moment_is_done_after_it(int number)
    {
        var attempts = 0;

        new FilePatience(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken).Insist(
            () =>
            {
                if (++attempts < 4)
                    throw new IOException(German, number);
                File.WriteAllText(Some, "done");
            },
            "replaced",
            Some);

        Assert.Equal((4, "done"), (attempts, File.ReadAllText(Some)));
    }

    [Fact]
    public void What_stays_held_is_said_to_be_in_use()
    {
        var error = Assert.Throws<LoyaltyException>(
            () => FilePatience.None.Insist(() => throw new IOException(German, SharingViolation), "replaced", Some));

        Assert.Equal(
            ("FileInUse", ErrorKind.Busy, $"{Some} cannot be replaced: another program has it open."),
            (error.ErrorId, error.Definition.Kind, error.Message));
        Assert.Equal(SharingViolation, error.InnerException!.HResult);
    }

    [Fact]
    public void Several_attempts_share_one_patience()
    {
        var patience = new FilePatience(TimeSpan.FromMilliseconds(1), TestContext.Current.CancellationToken);
        Assert.Throws<LoyaltyException>(() => patience.Insist(() => throw new IOException(German, SharingViolation), "removed", Some));
        var attempts = 0;

        Assert.Throws<LoyaltyException>(() => patience.Insist(
            () =>
            {
                attempts++;
                throw new IOException(German, SharingViolation);
            },
            "removed",
            Some));

        Assert.Equal(1, attempts);
    }

    [Fact]
    public void Attempts_that_take_their_time_make_no_wait_longer()
    {
        var attempts = 0;

        Assert.Throws<LoyaltyException>(() => new FilePatience(
            TimeSpan.FromMilliseconds(200), TestContext.Current.CancellationToken).Insist(
            () =>
            {
                attempts++;
                Thread.Sleep(250);
                throw new IOException(German, SharingViolation);
            },
            "removed",
            Some));

        Assert.Equal(2, attempts);
    }

    [Fact]
    public async Task A_wait_that_is_cancelled_ends_at_once()
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var attempts = 0;
        var waiting = Task.Run(
            () => new FilePatience(TimeSpan.FromHours(1), source.Token).Insist(
                () =>
                {
                    Interlocked.Increment(ref attempts);
                    throw new IOException(German, SharingViolation);
                },
                "replaced",
                Some),
            TestContext.Current.CancellationToken);
        while (Volatile.Read(ref attempts) < 2)
            await Task.Delay(10, TestContext.Current.CancellationToken);
        await source.CancelAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(
            () => waiting.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Every_other_failure_comes_at_once_and_as_it_is()
    {
        var full = Assert.Throws<IOException>(
            () => FilePatience.Usual(TestContext.Current.CancellationToken)
                .Insist(() => throw new IOException("full", unchecked((int)0x80070070)), "moved", Some));
        Assert.Equal("full", full.Message);
        Assert.Throws<FileNotFoundException>(() => PatientFiles.Move(Some, Some + ".moved", TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_file_that_is_open_for_nobody_else_is_held()
    {
        File.WriteAllText(Some, "x");
        Assert.False(FileUse.IsHeld(Some));
        using var held = new FileStream(Some, FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        Assert.True(FileUse.IsHeld(Some));
        Assert.True(FileUse.IsInUse(Assert.ThrowsAny<IOException>(() => File.ReadAllText(Some))));
        Assert.False(FileUse.IsHeld(Some + ".absent"));
    }

    [Fact]
    public void A_report_that_another_program_has_open_is_in_use_and_not_unwritable()
    {
        Assert.Equal(
            "FileInUse",
            Assert.Throws<LoyaltyException>(
                () => new ReportFile(Some).Write(
                    _ => throw new IOException(German, SharingViolation), TestContext.Current.CancellationToken)).ErrorId);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }
}
