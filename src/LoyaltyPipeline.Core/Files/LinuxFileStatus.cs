using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace LoyaltyPipeline.Core.Files;

/// <summary>What Linux says of a file and .NET does not pass on. The structure of statx is the same on every processor.</summary>
/// <param name="Identity">Which one it is.</param>
[SupportedOSPlatform("linux")]
internal sealed record LinuxFileStatus(PathKind Kind, FileIdentity Identity)
{
    private const int CurrentFolder = -100;
    private const uint TypeAndNumber = 0x0101;
    private const int StructureBytes = 256;

    private const int NotPermitted = 1;
    private const int NoEntry = 2;
    private const int NoAccess = 13;
    private const int NoFolder = 20;
    private const int NameTooLong = 36;
    private const int Circle = 40;

    /// <summary>Asks for a file.</summary>
    /// <param name="path">Its path; links are followed.</param>
    /// <returns>What is said; null where the path leads to nothing.</returns>
    public static LinuxFileStatus? Find(string path)
    {
        // It would be taken for the end of the path.
        if (path.Contains('\0', StringComparison.Ordinal))
            return null;
        var answer = new byte[StructureBytes];
        if (Ask(CurrentFolder, path, flags: 0, TypeAndNumber, answer) == 0)
            return Read(answer);
        return Marshal.GetLastPInvokeError() switch
        {
            NoEntry or NoFolder or NameTooLong or Circle => null,
            NotPermitted or NoAccess => throw new UnauthorizedAccessException($"{path} may not be looked at."),
            var other => throw new IOException($"{path} cannot be looked at: {Marshal.GetPInvokeErrorMessage(other)}"),
        };
    }

    private static LinuxFileStatus Read(ReadOnlySpan<byte> answer)
    {
        var kind = (MemoryMarshal.Read<ushort>(answer[28..]) & 0xF000) switch
        {
            0x8000 => PathKind.File,
            0x4000 => PathKind.Folder,
            _ => PathKind.Special,
        };
        var device = ((ulong)MemoryMarshal.Read<uint>(answer[136..]) << 32) | MemoryMarshal.Read<uint>(answer[140..]);
        return new LinuxFileStatus(kind, new FileIdentity(device, MemoryMarshal.Read<ulong>(answer[32..])));
    }

    [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Ask(int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, [Out] byte[] answer);
}
